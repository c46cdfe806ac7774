namespace AtlasCloud.Storage;

/// <summary>Where this user's files of ours live. A folder is null where the system names none, as for accounts without a home.</summary>
/// <param name="Cache">What can be had again: it may be deleted at any time.</param>
/// <param name="State">What cannot: the journal.</param>
internal sealed record UserFolders(string? Cache, string? State)
{
    /// <summary>ATLASCLOUD_HOME where it is set, else the platform's own places.</summary>
    internal static UserFolders FromEnvironment() => Find(
        Environment.GetEnvironmentVariable,
        Environment.GetFolderPath,
        OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "macos" : "linux");

    internal static UserFolders Find(Func<string, string?> variable, Func<Environment.SpecialFolder, string> folder, string system)
    {
        if (variable("ATLASCLOUD_HOME") is string given && !string.IsNullOrWhiteSpace(given))
        {
            string all = Path.GetFullPath(given);
            return new UserFolders(Path.Join(all, "cache"), Path.Join(all, "state"));
        }

        if (system == "linux")
        {
            return new UserFolders(
                Join(Xdg(variable("XDG_CACHE_HOME")) ?? Join(folder(Environment.SpecialFolder.UserProfile), ".cache"), "atlascloud"),
                Join(Xdg(variable("XDG_STATE_HOME")) ?? Join(folder(Environment.SpecialFolder.UserProfile), ".local", "state"), "atlascloud"));
        }

        // On macOS the runtime has no name of its own for the folder, and which one it gives for LocalApplicationData changed with .NET 8.
        string? own = system == "macos"
            ? Join(folder(Environment.SpecialFolder.UserProfile), "Library", "Application Support", "AtlasCloud")
            : Join(folder(Environment.SpecialFolder.LocalApplicationData), "AtlasCloud");
        return new UserFolders(Join(own, "cache"), Join(own, "state"));
    }

    // The specification of these variables wants a relative path to be ignored.
    private static string? Xdg(string? path) => path is not null && Path.IsPathRooted(path) ? path : null;

    private static string? Join(string? root, params string[] parts) => string.IsNullOrEmpty(root) ? null : Path.Join([root, .. parts]);
}
