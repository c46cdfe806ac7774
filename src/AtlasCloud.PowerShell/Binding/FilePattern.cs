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
            // The provider reports some malformed patterns as missing files.
            _ = WildcardPattern.Get(path, WildcardOptions.None).IsMatch(path);
            string[] files = [.. paths.GetResolvedProviderPathFromPSPath(path, out _).Order(StringComparer.OrdinalIgnoreCase)];
            return files.Length > 0 ? files : throw CmdletErrors.PatternWithoutMatch(parameter, path);
        }
        catch (ItemNotFoundException)
        {
            throw CmdletErrors.PatternWithoutMatch(parameter, path);
        }
        catch (WildcardPatternException exception)
        {
            throw CmdletErrors.PatternInvalid(parameter, path, exception);
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
