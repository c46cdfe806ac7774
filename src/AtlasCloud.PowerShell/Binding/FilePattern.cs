using System.Management.Automation;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>Finds the files that a path parameter means.</summary>
internal static class FilePattern
{
    /// <summary>
    /// Returns the file of that name if it exists, else the files that the wildcards match, in the order of their names. A path without wildcards is
    /// returned even if it does not exist, since the library reports what is wrong with it.
    /// </summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: the pattern is malformed, matches no file, or is a path of another provider.</exception>
    internal static IReadOnlyList<string> Resolve(PathIntrinsics paths, string parameter, string path)
    {
        string literal = ResolveLiteral(paths, parameter, path);
        if (!WildcardPattern.ContainsWildcardCharacters(path) || File.Exists(literal))
        {
            return [literal];
        }

        try
        {
            return FindMatches(paths, path) is { Count: > 0 } files ? files : throw CmdletErrors.PatternWithoutMatch(parameter, path);
        }
        catch (WildcardPatternException exception)
        {
            throw CmdletErrors.PatternInvalid(parameter, path, exception);
        }
    }

    /// <summary>Returns the files that a pattern matches, in the order of their names; empty if there are none.</summary>
    /// <exception cref="WildcardPatternException">The pattern is malformed.</exception>
    internal static IReadOnlyList<string> FindMatches(PathIntrinsics paths, string pattern)
    {
        // The provider reports some malformed patterns as missing files.
        _ = WildcardPattern.Get(pattern, WildcardOptions.None).IsMatch(pattern);
        try
        {
            return [.. paths.GetResolvedProviderPathFromPSPath(pattern, out _).Order(StringComparer.OrdinalIgnoreCase)];
        }
        catch (ItemNotFoundException)
        {
            return [];
        }
    }

    /// <summary>Returns the full path of a file, in which no character is a wildcard.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: it is a path of another provider, or its drive does not exist.</exception>
    internal static string ResolveLiteral(PathIntrinsics paths, string parameter, string path)
    {
        try
        {
            string file = paths.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            return provider.Name == "FileSystem" ? file : throw CmdletErrors.NotFileSystem(parameter, path, provider.Name);
        }
        catch (System.Management.Automation.DriveNotFoundException exception)
        {
            throw CmdletErrors.DriveMissing(parameter, path, exception);
        }
    }
}
