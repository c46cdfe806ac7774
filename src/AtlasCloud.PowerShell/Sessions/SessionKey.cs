namespace AtlasCloud.PowerShell.Sessions;

/// <summary>The keys and the address from environment variables.</summary>
internal static class SessionKey
{
    internal static readonly string UserAgent = $"AtlasCloud.PowerShell/{typeof(SessionKey).Assembly.GetName().Version?.ToString(3)}";

    /// <summary>The source of the key of a session with an emulator.</summary>
    internal const string EmulatorSource = "the emulator";

    /// <summary>The variable that contains the management key.</summary>
    internal const string ManagementVariable = "ATLASCLOUD_MANAGEMENT_API_KEY";

    /// <summary>The source of a management key from the environment.</summary>
    internal const string ManagementSource = "$env:" + ManagementVariable;

    private static readonly string[] s_names = ["ATLASCLOUD_API_KEY", "ATLAS_CLOUD_API_KEY", "ATLAS_API_KEY", "ATLASCLOUD_CODING_API_KEY"];

    // The first is the documented one; other clients use the rest, some with the path of one of the endpoints.
    private static readonly string[] s_addressNames =
        ["ATLASCLOUD_BASE_URL", "ATLASCLOUD_API_BASE_URL", "ATLASCLOUD_API_BASE", "ATLASCLOUD_BASE", "ATLAS_BASE_URL"];

    private static readonly string[] s_paths = ["/api/v1", "/v1"];

    /// <summary>Returns the first variable that contains a key, and the key; null if there is none.</summary>
    internal static (string Name, string Key)? FromEnvironment()
    {
        foreach (string name in s_names)
        {
            if (Environment.GetEnvironmentVariable(name) is string key && !string.IsNullOrWhiteSpace(key))
            {
                return (name, key);
            }
        }

        return null;
    }

    /// <summary>Returns the key that a session got from an environment variable, by its <see cref="Session.KeySource"/>; null if it did not, or the variable is missing.</summary>
    internal static string? FromSource(string source) => s_names.FirstOrDefault(name => source == $"$env:{name}") is string name
        && Environment.GetEnvironmentVariable(name) is string key && !string.IsNullOrWhiteSpace(key) ? key : null;

    /// <summary>Returns the management key; null if there is none.</summary>
    internal static string? ManagementFromEnvironment() =>
        Environment.GetEnvironmentVariable(ManagementVariable) is string key && !string.IsNullOrWhiteSpace(key) ? key : null;

    internal static string? AddressFromEnvironment() =>
        s_addressNames.Select(Environment.GetEnvironmentVariable).FirstOrDefault(a => !string.IsNullOrWhiteSpace(a)) is string address ? WithoutPath(address.Trim()) : null;

    private static string WithoutPath(string address)
    {
        string trimmed = address.TrimEnd('/');
        return s_paths.FirstOrDefault(p => trimmed.EndsWith(p, StringComparison.OrdinalIgnoreCase)) is string path ? trimmed[..^path.Length] : address;
    }

    internal static Uri ResolveBaseUri(string? address) =>
        address is null ? AtlasCloudOptions.DefaultBaseUri : new Uri(address, UriKind.RelativeOrAbsolute);
}
