namespace AtlasCloud.Storage;

/// <summary>Creates files and folders that only their owner can read.</summary>
internal static class PrivateFile
{
    private const UnixFileMode FileMode600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode700 = FileMode600 | UnixFileMode.UserExecute;

    /// <summary>Creates the folder and its parents if they are missing. Existing folders keep their mode.</summary>
    internal static void EnsureFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            OwnerFolder.Ensure(path);
        }
        else if (!Directory.Exists(path))
        {
            // CreateDirectory applies the mode to the last folder only.
            if (Path.GetDirectoryName(path) is { Length: > 0 } parent)
            {
                EnsureFolder(parent);
            }

            Directory.CreateDirectory(path, FolderMode700);
        }
    }

    /// <summary>Opens a file. A new file is readable by its owner only.</summary>
    internal static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share)
    {
        FileStreamOptions options = new() { Mode = mode, Access = access, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && mode is not (FileMode.Open or FileMode.Truncate))
        {
            options.UnixCreateMode = FileMode600;
        }

        return new FileStream(path, options);
    }

    /// <summary>
    /// Opens a file with a fixed name that must not be a link, and creates it if it is missing. In a folder that others can write to, a link could lead to
    /// any file of the user.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">The path is a link.</exception>
    internal static FileStream OpenUnlinked(string path, FileAccess access, FileShare share)
    {
        FileStream? file = TryCreate(path, access, share);
        if (file is not null)
        {
            return file;
        }

        ThrowIfLink(path);
        file = Open(path, FileMode.Open, access, share);
        try
        {
            // Again, since the file could have been replaced by a link in between. Nothing has been written yet.
            ThrowIfLink(path);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    // An exclusive creation does not follow links.
    private static FileStream? TryCreate(string path, FileAccess access, FileShare share)
    {
        if (Path.Exists(path))
        {
            return null;
        }

        try
        {
            return Open(path, FileMode.CreateNew, access, share);
        }
        catch (IOException) when (Path.Exists(path) || IsLink(path))
        {
            return null;
        }
    }

    private static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    private static void ThrowIfLink(string path)
    {
        if (IsLink(path))
        {
            throw new UnauthorizedAccessException($"'{path}' is a link.");
        }
    }

    /// <summary>Replaces a file atomically: readers see either the old or the new content.</summary>
    internal static void Replace(string path, ReadOnlySpan<byte> content)
    {
        EnsureFolder(Path.GetDirectoryName(path)!);
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (FileStream file = Open(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                file.Write(content);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
