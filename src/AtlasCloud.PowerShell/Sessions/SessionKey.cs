namespace AtlasCloud.PowerShell.Sessions;

/// <summary>Where keys and addresses come from when no parameter says so.</summary>
internal static class SessionKey
{
    internal static readonly string UserAgent = $"AtlasCloud.PowerShell/{typeof(SessionKey).Assembly.GetName().Version?.ToString(3)}";

    private static readonly string[] s_names = ["ATLASCLOUD_API_KEY", "ATLAS_CLOUD_API_KEY", "ATLAS_API_KEY"];

    /// <summary>The first variable that holds a key, and the key.</summary>
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

    internal static string? AddressFromEnvironment() =>
        Environment.GetEnvironmentVariable("ATLASCLOUD_BASE_URL") is string address && !string.IsNullOrWhiteSpace(address) ? address : null;

    internal static Uri BaseUri(string? address) =>
        address is null ? AtlasCloudOptions.DefaultBaseUri : new Uri(address, UriKind.RelativeOrAbsolute);
}
