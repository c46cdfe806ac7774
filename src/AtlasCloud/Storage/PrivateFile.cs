namespace AtlasCloud.Storage;

/// <summary>Files and folders that only their owner can read.</summary>
internal static class PrivateFile
{
    private const UnixFileMode FileMode600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode700 = FileMode600 | UnixFileMode.UserExecute;

    /// <summary>Makes the folder and those above it where they are missing; one that is there keeps its mode.</summary>
    internal static void EnsureFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            OwnerFolder.Ensure(path);
        }
        else if (!Directory.Exists(path))
        {
            // The runtime gives the mode to the last of them alone.
            if (Path.GetDirectoryName(path) is { Length: > 0 } parent)
            {
                EnsureFolder(parent);
            }

            Directory.CreateDirectory(path, FolderMode700);
        }
    }

    /// <summary>Opens a file of the owner's own, making it where the mode allows that.</summary>
    internal static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share)
    {
        FileStreamOptions options = new() { Mode = mode, Access = access, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && mode is not (FileMode.Open or FileMode.Truncate))
        {
            options.UnixCreateMode = FileMode600;
        }

        return new FileStream(path, options);
    }

    /// <summary>Puts a whole file in the place of another at once: who reads sees the old one or the new one, never a part.</summary>
    internal static void Replace(string path, ReadOnlySpan<byte> content)
    {
        EnsureFolder(Path.GetDirectoryName(path)!);
        string next = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (FileStream file = Open(next, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                file.Write(content);
            }

            File.Move(next, path, overwrite: true);
        }
        catch
        {
            File.Delete(next);
            throw;
        }
    }
}
