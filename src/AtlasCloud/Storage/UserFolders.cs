using AtlasCloud.Storage;

namespace AtlasCloud;

/// <summary>
/// The user's folders for files of this library, for <see cref="AtlasCloudOptions.CacheFolder"/> and <see cref="AtlasCloudOptions.JournalPath"/>. A
/// folder is null if the system defines none, as for accounts without a home directory.
/// </summary>
/// <param name="Cache">For data that can be downloaded again. It may be deleted at any time.</param>
/// <param name="State">For data that cannot be restored: the journal.</param>
public sealed record UserFolders(string? Cache, string? State)
{
    /// <summary>For files that people edit: the defaults. Null if the system defines no folder.</summary>
    public string? Config { get; init; }

    /// <summary>
    /// Returns the folders below the environment variable ATLASCLOUD_HOME if it is set; otherwise those of the platform: XDG on Linux, Application
    /// Support on macOS, LocalAppData on Windows. Creates nothing.
    /// </summary>
    public static UserFolders FromEnvironment() => Find(
        Environment.GetEnvironmentVariable,
        Environment.GetFolderPath,
        OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "macos" : "linux");

    /// <summary>Tests whether files can be created in a folder, by creating and deleting one. A missing folder is created.</summary>
    /// <param name="folder">The path of the folder.</param>
    /// <returns>The system's reason why not; null if files can be created.</returns>
    public static string? FindWriteError(string folder)
    {
        try
        {
            PrivateFile.EnsureFolder(folder);
            string path = Path.Join(folder, $"check-{Guid.NewGuid():N}.tmp");
            try
            {
                using FileStream file = PrivateFile.Open(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
                file.WriteByte(0);
            }
            finally
            {
                File.Delete(path);
            }

            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return exception.Message;
        }
    }

    internal static UserFolders Find(Func<string, string?> variable, Func<Environment.SpecialFolder, string> folder, string system)
    {
        if (variable("ATLASCLOUD_HOME") is string home && !string.IsNullOrWhiteSpace(home))
        {
            string root = Path.GetFullPath(home);
            return new UserFolders(Path.Join(root, "cache"), Path.Join(root, "state")) { Config = root };
        }

        if (system == "linux")
        {
            return new UserFolders(
                Join(IgnoreRelative(variable("XDG_CACHE_HOME")) ?? Join(folder(Environment.SpecialFolder.UserProfile), ".cache"), "atlascloud"),
                Join(IgnoreRelative(variable("XDG_STATE_HOME")) ?? Join(folder(Environment.SpecialFolder.UserProfile), ".local", "state"), "atlascloud"))
            {
                Config = Join(IgnoreRelative(variable("XDG_CONFIG_HOME")) ?? Join(folder(Environment.SpecialFolder.UserProfile), ".config"), "atlascloud"),
            };
        }

        // The runtime has no name for this folder of macOS, and its value for LocalApplicationData changed with .NET 8.
        string? data = system == "macos"
            ? Join(folder(Environment.SpecialFolder.UserProfile), "Library", "Application Support", "AtlasCloud")
            : Join(folder(Environment.SpecialFolder.LocalApplicationData), "AtlasCloud");
        return new UserFolders(Join(data, "cache"), Join(data, "state")) { Config = data };
    }

    // The XDG specification requires relative paths to be ignored.
    private static string? IgnoreRelative(string? path) => path is not null && Path.IsPathRooted(path) ? path : null;

    private static string? Join(string? root, params string[] parts) => string.IsNullOrEmpty(root) ? null : Path.Join([root, .. parts]);
}
