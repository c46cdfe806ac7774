using System.Management.Automation;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>Finds the files that a path parameter means. All paths of users are resolved here, so that a location outside the file system is never replaced by another one.</summary>
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
        return Find(paths, parameter, path, literal) is { Count: > 0 } files ? files
            : WildcardPattern.ContainsWildcardCharacters(path) ? throw CmdletErrors.PatternWithoutMatch(parameter, path)
            : [literal];
    }

    /// <summary>Returns the files that a media input means. A pattern without a match is returned as it is, since the library reports it as a missing file.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: the pattern is malformed, or is a path of another provider.</exception>
    internal static IReadOnlyList<string> ResolveMedia(PathIntrinsics paths, string path)
    {
        string literal = ResolveLiteral(paths, null, path);
        return Find(paths, null, path, literal) is { Count: > 0 } files ? files : [literal];
    }

    /// <summary>Returns the full path of a file, in which no character is a wildcard.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: it is a path of another provider, its drive does not exist, or it is not a path.</exception>
    internal static string ResolveLiteral(PathIntrinsics paths, string? parameter, string path)
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
        catch (Exception exception) when (exception is SessionStateException or ProviderInvocationException or ArgumentException or NotSupportedException)
        {
            throw CmdletErrors.PathInvalid(parameter, path, exception);
        }
    }

    private static IReadOnlyList<string> Find(PathIntrinsics paths, string? parameter, string path, string literal)
    {
        // Tab completion escapes the brackets of a name, so a path with an escape is a pattern even without wildcards.
        if (Path.Exists(literal) || (!WildcardPattern.ContainsWildcardCharacters(path) && !path.Contains('`', StringComparison.Ordinal)))
        {
            return [literal];
        }

        try
        {
            // The provider reports some malformed patterns as missing files.
            _ = WildcardPattern.Get(path, WildcardOptions.None).IsMatch(path);
            return [.. paths.GetResolvedProviderPathFromPSPath(path, out _).Order(StringComparer.OrdinalIgnoreCase)];
        }
        catch (ItemNotFoundException)
        {
            return [];
        }
        catch (WildcardPatternException exception)
        {
            throw CmdletErrors.PatternInvalid(parameter, path, exception);
        }
    }
}
