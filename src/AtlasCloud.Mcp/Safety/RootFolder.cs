namespace AtlasCloud.Mcp.Safety;

/// <summary>A folder that the client may not leave: not by an absolute path, not by .., and not by a link.</summary>
internal sealed class RootFolder
{
    private static readonly StringComparison s_comparison =
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <param name="path">The folder. It can itself be a link, since the user of the server chose it.</param>
    internal RootFolder(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        string? target = Directory.Exists(full) ? new DirectoryInfo(full).ResolveLinkTarget(returnFinalTarget: true)?.FullName : null;
        FullPath = Path.TrimEndingDirectorySeparator(target ?? full);
    }

    /// <summary>The full path, without a separator at the end.</summary>
    internal string FullPath { get; }

    /// <summary>Returns the full path of a file or folder below the root, which need not exist.</summary>
    /// <param name="path">A path relative to the root, or a full path below it.</param>
    /// <param name="input">The name of the argument, for the error.</param>
    /// <exception cref="AtlasCloudException">PermissionDenied: the path is not valid, leaves the root, or leads through a link.</exception>
    internal string Resolve(string path, string input)
    {
        if (path.Contains('\0', StringComparison.Ordinal) || path.Length > 4096 || HasStream(path))
        {
            throw McpErrors.OutsideRoot(path, input, "is not a valid path");
        }

        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, FullPath));
        if (!full.Equals(FullPath, s_comparison) && !full.StartsWith(Prefix, s_comparison))
        {
            throw McpErrors.OutsideRoot(path, input, "is outside the folder that the server may use");
        }

        // Only the parts below the root: how the user reaches the root itself is not the client's choice.
        string current = FullPath;
        foreach (string part in full[FullPath.Length..].Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            current = Path.Join(current, part);
            if (IsLink(current))
            {
                throw McpErrors.OutsideRoot(path, input, "is a symbolic link or leads through one");
            }
        }

        return full;
    }

    /// <summary>Returns a path below the root relative to it, with forward slashes.</summary>
    internal string MakeRelative(string path) => Path.GetRelativePath(FullPath, path).Replace('\\', '/');

    private static char[] Separators => [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    private string Prefix => Path.EndsInDirectorySeparator(FullPath) ? FullPath : FullPath + Path.DirectorySeparatorChar;

    // name:stream on Windows is a part of a file that no listing shows.
    private static bool HasStream(string path) => OperatingSystem.IsWindows() && path.LastIndexOf(':') > 1;

    private static bool IsLink(string path)
    {
        FileInfo file = new(path);
        return file.LinkTarget is not null || (file.Attributes != (FileAttributes)(-1) && file.Attributes.HasFlag(FileAttributes.ReparsePoint));
    }
}
