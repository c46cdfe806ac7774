namespace AtlasCloud.Http;

/// <summary>Creates the errors about keys that cannot be sent. None of them contains the key.</summary>
internal static class KeyErrors
{
    /// <summary>No HTTP header can carry the key.</summary>
    /// <param name="input">The name of the option.</param>
    internal static AtlasCloudException Malformed(string input) => new(
        AtlasCloudErrorKind.Authentication,
        $"The {Describe(input)} contains spaces or characters that no HTTP header can carry. Nothing was sent.")
    {
        Reason = AtlasCloudErrorReason.ApiKeyMalformed,
        Input = input,
    };

    /// <summary>A management key was specified where an API key belongs. It must not reach the endpoints of models.</summary>
    internal static AtlasCloudException ManagementKeyAsApiKey() => new(
        AtlasCloudErrorKind.Authentication, "The API key is a management key (mgmt-…), which cannot use models. Nothing was sent.")
    {
        Reason = AtlasCloudErrorReason.ManagementKeyAsApiKey,
        Input = nameof(AtlasCloudOptions.ApiKey),
    };

    /// <summary>Another key was specified where a management key belongs.</summary>
    internal static AtlasCloudException NotAManagementKey() => new(
        AtlasCloudErrorKind.Authentication, "The management key does not begin with mgmt-, so it is another kind of key. Nothing was sent.")
    {
        Reason = AtlasCloudErrorReason.NotAManagementKey,
        Input = nameof(AtlasCloudOptions.ManagementKey),
    };

    private static string Describe(string input) => input == nameof(AtlasCloudOptions.ManagementKey) ? "management key" : "API key";
}
