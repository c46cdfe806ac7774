namespace AtlasCloud.Storage;

/// <summary>Finds files by pattern, in the same way on all systems: Windows would also compare the pattern with short (8.3) names.</summary>
internal static class FileSearch
{
    private static readonly EnumerationOptions s_options = new() { MatchType = MatchType.Simple, AttributesToSkip = default, IgnoreInaccessible = false };

    /// <summary>Returns the full paths of the files of a folder whose names match a pattern with * and ?.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    internal static IEnumerable<string> EnumerateFiles(string folder, string pattern) => Directory.EnumerateFiles(folder, pattern, s_options);
}
