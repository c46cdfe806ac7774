namespace AtlasCloud.PowerShell.Sessions;

/// <summary>The defaults of the user for commands. The file is read again when it changes.</summary>
internal static class CommandDefaults
{
    private static readonly object s_lock = new();
    private static (string? Path, DateTime Time, long Length) s_version;
    private static UserDefaults s_defaults = new();
    private static bool s_isReported;

    /// <summary>Returns the defaults.</summary>
    /// <param name="warn">Receives a warning about members that are not known, once for each version of the file; null for none.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter: the file is not valid.</exception>
    internal static UserDefaults Get(Action<string>? warn = null)
    {
        string? warning = null;
        UserDefaults defaults;
        lock (s_lock)
        {
            string? path = UserDefaults.FindPath();
            FileInfo? file = path is null ? null : new FileInfo(path);
            (string?, DateTime, long) version = file is { Exists: true } ? (path, file.LastWriteTimeUtc, file.Length) : (path, default, 0);
            if (version != s_version)
            {
                s_defaults = UserDefaults.Load(path);
                (s_version, s_isReported) = (version, false);
            }

            defaults = s_defaults;
            if (warn is not null && !s_isReported)
            {
                (warning, s_isReported) = (Describe(defaults), true);
            }
        }

        if (warning is not null)
        {
            warn!(warning);
        }

        return defaults;
    }

    /// <summary>Returns the defaults; none if the file is not valid, for what must not fail, such as a key press.</summary>
    internal static UserDefaults TryGet()
    {
        try
        {
            return Get();
        }
        catch (AtlasCloudException)
        {
            return new UserDefaults();
        }
    }

    /// <summary>Warns if the file is not valid, for a command that can run without the defaults.</summary>
    internal static void WarnIfInvalid(Action<string> warn)
    {
        try
        {
            Get(warn);
        }
        catch (AtlasCloudException exception)
        {
            warn($"{exception.Message} The throttle limit in it is not used.");
        }
    }

    /// <summary>Returns the warning about members of the file that are not known; null if there are none.</summary>
    internal static string? Describe(UserDefaults defaults) => defaults.UnknownMembers.Count == 0 ? null
        : $"The file of defaults '{defaults.Path}' contains members that have no effect: {string.Join(", ", defaults.UnknownMembers)}.";
}
