using AtlasCloud.Text;

namespace AtlasCloud.Storage;

/// <summary>Says before anything is sent whether a file can be.</summary>
internal static class LocalFile
{
    /// <summary>The service's documented limit of a request, in bytes. Larger ones are tried all the same: sources disagree.</summary>
    internal const long LargeUpload = 50L * 1024 * 1024;

    /// <exception cref="AtlasCloudException">It is missing, a directory, empty or unreadable.</exception>
    internal static void Check(string path)
    {
        if (Directory.Exists(path))
        {
            throw Unfit(path, "is a directory, not a file", "Give the files in it, as in (Get-ChildItem folder/*.png).");
        }

        if (!File.Exists(path))
        {
            string hint = LooksLikeAddress(path) ? "If an address on the web is meant, put https:// in front." : "Look at the path, and from where it is taken.";
            throw Unfit(path, "does not exist", hint);
        }

        try
        {
            // Asked before it is opened: to open a named pipe is to wait for somebody who writes into it. A link has a length of its own.
            if (((FileInfo?)File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path)).Length == 0)
            {
                throw Unfit(path, "is empty, or no ordinary file", "Look at what should have written it.");
            }

            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Unfit(path, $"cannot be read ({SafeText.Sanitize(exception.Message, length: 200).TrimEnd('.')})", "Look at the file's permissions.", exception);
        }
    }

    private static bool LooksLikeAddress(string path)
    {
        string name = path.Replace('\\', '/');
        string relative = System.IO.Path.GetRelativePath(Environment.CurrentDirectory, path).Replace('\\', '/');
        return name.Contains("www.", StringComparison.OrdinalIgnoreCase)
            || (relative.Contains('/', StringComparison.Ordinal) && relative.Split('/')[0].Contains('.', StringComparison.Ordinal) && !relative.StartsWith('.'));
    }

    private static AtlasCloudException Unfit(string path, string what, string action, Exception? inner = null) =>
        new(AtlasCloudErrorKind.InvalidParameter, $"The file '{path}' {what}. Nothing was sent.", inner) { RecommendedAction = action, Target = path };
}
