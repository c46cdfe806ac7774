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
            if (GetLength(path) == 0)
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

    /// <summary>
    /// Returns the length of an existing file, which is zero for a pipe or a device. Check it before the file is opened: opening a named pipe waits for a
    /// writer, and some devices never end. A link has a length of its own, so the length of its target is returned.
    /// </summary>
    /// <exception cref="IOException">The file or the target of the link is missing.</exception>
    internal static long GetLength(string path) => ((FileInfo?)File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path)).Length;

    private static bool LooksLikeAddress(string path)
    {
        string name = path.Replace('\\', '/');
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, path).Replace('\\', '/');
        return name.Contains("www.", StringComparison.OrdinalIgnoreCase)
            || (relative.Contains('/', StringComparison.Ordinal) && relative.Split('/')[0].Contains('.', StringComparison.Ordinal) && !relative.StartsWith('.'));
    }
}
