namespace AtlasCloud.Storage;

/// <summary>Checks whether a local file can be uploaded, before anything is sent.</summary>
internal static class LocalFile
{
    /// <summary>Throws unless the file exists, is not empty and can be read.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: the file is missing, a folder, empty or unreadable.</exception>
    internal static void EnsureReadable(string path)
    {
        if (Directory.Exists(path))
        {
            throw FileErrors.FileIsFolder(path);
        }

        if (!File.Exists(path))
        {
            throw LooksLikeAddress(path) ? FileErrors.AddressWithoutScheme(path) : FileErrors.FileMissing(path);
        }

        try
        {
            // The length is checked before the file is opened, since opening a named pipe waits for a writer. A link has a length of its own.
            if (((FileInfo?)File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path)).Length == 0)
            {
                throw FileErrors.FileEmpty(path);
            }

            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw FileErrors.FileUnreadable(path, exception);
        }
    }

    private static bool LooksLikeAddress(string path)
    {
        string name = path.Replace('\\', '/');
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, path).Replace('\\', '/');
        return name.Contains("www.", StringComparison.OrdinalIgnoreCase)
            || (relative.Contains('/', StringComparison.Ordinal) && relative.Split('/')[0].Contains('.', StringComparison.Ordinal) && !relative.StartsWith('.'));
    }
}
