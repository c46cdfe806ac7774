using System.Formats.Tar;

namespace AtlasCloud.Storage;

/// <summary>Recognizes named pipes, devices and sockets. Opening one can wait forever, and what is written to it is lost.</summary>
internal static class SpecialFile
{
    /// <summary>Returns the full path of an ordinary file, after links; the file can be missing.</summary>
    /// <exception cref="NotSupportedException">The path names a file that is not ordinary.</exception>
    /// <exception cref="IOException">The file cannot be examined.</exception>
    internal static string ResolveOrdinary(string path)
    {
        FileInfo file = new(Path.GetFullPath(path));
        string target = (file.Exists ? file.ResolveLinkTarget(returnFinalTarget: true)?.FullName : null) ?? file.FullName;
        return IsAt(target) ? throw new NotSupportedException("It is a named pipe, a device or a socket") : target;
    }

    /// <summary>Whether a path names a file that exists and is not an ordinary one.</summary>
    /// <exception cref="IOException">The file cannot be examined.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    internal static bool IsAt(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return path.StartsWith(@"\\.\", StringComparison.Ordinal);
        }

        // All of them have the length 0, so that nothing is read from a file here.
        return new FileInfo(path) is { Exists: true, Length: 0, LinkTarget: null } && !IsOrdinary(path);
    }

    // .NET does not return the type of a file. An archive contains it, and is created without opening a file that is not ordinary.
    private static bool IsOrdinary(string path)
    {
        using MemoryStream archive = new();
        try
        {
            using (TarWriter writer = new(archive, TarEntryFormat.Pax, leaveOpen: true))
            {
                writer.WriteEntry(path, "file");
            }
        }
        catch (IOException exception) when (exception.GetType() == typeof(IOException))
        {
            // A socket cannot be archived.
            return false;
        }

        archive.Position = 0;
        using TarReader reader = new(archive);
        return reader.GetNextEntry()?.EntryType == TarEntryType.RegularFile;
    }
}
