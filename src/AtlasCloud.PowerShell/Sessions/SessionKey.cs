namespace AtlasCloud.PowerShell.Sessions;

/// <summary>The key and the address from environment variables.</summary>
internal static class SessionKey
{
    internal static readonly string UserAgent = $"AtlasCloud.PowerShell/{typeof(SessionKey).Assembly.GetName().Version?.ToString(3)}";

    private static readonly string[] s_names = ["ATLASCLOUD_API_KEY", "ATLAS_CLOUD_API_KEY", "ATLAS_API_KEY"];

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

    internal static string? AddressFromEnvironment() =>
        Environment.GetEnvironmentVariable("ATLASCLOUD_BASE_URL") is string address && !string.IsNullOrWhiteSpace(address) ? address : null;

    internal static Uri ResolveBaseUri(string? address) =>
        address is null ? AtlasCloudOptions.DefaultBaseUri : new Uri(address, UriKind.RelativeOrAbsolute);
}
