namespace AtlasCloud.PowerShell.Binding;

/// <summary>Reads a text file that a user names.</summary>
internal static class TextFile
{
    /// <exception cref="AtlasCloudException">InvalidParameter: it is missing, a directory, empty, unreadable, or not an ordinary file.</exception>
    internal static string Read(string path)
    {
        // Opening a named pipe would wait for a writer; this check does not open one.
        MediaSource.FromFile(path).EnsureReadable();
        return File.ReadAllText(path);
    }
}
