namespace AtlasCloud.Storage;

/// <summary>Compares paths as the file system does by default: Windows and macOS ignore case.</summary>
internal static class FilePaths
{
    private static readonly StringComparison s_comparison =
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>Whether two paths name the same folder or file; false if either is null. Does not follow links.</summary>
    internal static bool IsSame(string? first, string? second) =>
        first is not null && second is not null && Normalize(first).Equals(Normalize(second), s_comparison);

    private static string Normalize(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
}
