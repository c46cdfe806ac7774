using System.Diagnostics.CodeAnalysis;
using System.Net;
using AtlasCloud.Http;

namespace AtlasCloud;

/// <summary>The options of a client. Immutable; the key can be set but not read.</summary>
public sealed class AtlasCloudOptions
{
    /// <summary>The address of the service.</summary>
    public static readonly Uri DefaultBaseUri = new("https://api.atlascloud.ai/");

    private static readonly Uri s_defaultAssetBaseUri = new("https://console.atlascloud.ai/");

    /// <summary>How management keys begin. API keys never do.</summary>
    internal const string ManagementKeyPrefix = "mgmt-";

    private readonly Uri _baseUri = DefaultBaseUri;
    private readonly Uri? _llmBaseUri;
    private readonly Uri? _assetBaseUri;
    private readonly string? _apiKey;
    private readonly string? _managementKey;
    private readonly TimeSpan? _pollInterval;
    private readonly TimeSpan? _pollTimeout;
    private readonly TimeSpan _requestTimeout = TimeSpan.FromSeconds(60);
    private readonly int _maximumRetryCount = 3;
    private readonly int _throttleLimit = 16;
    private decimal? _budget;
    private readonly Uri? _proxy;
    private readonly NetworkCredential? _credentialOfAddress;
    private readonly NetworkCredential? _proxyCredential;

    /// <summary>Creates options with the defaults.</summary>
    public AtlasCloudOptions()
    {
    }

    // Swaps the keys: the connection for management has the management key as its key, and masks the API key as the other one.
    private AtlasCloudOptions(AtlasCloudOptions source)
    {
        (_apiKey, _managementKey) = (source._managementKey, source._apiKey);
        (_baseUri, _requestTimeout, _maximumRetryCount) = (source._baseUri, source._requestTimeout, source._maximumRetryCount);
        (_proxy, _credentialOfAddress, _proxyCredential) = (source._proxy, source._credentialOfAddress, source._proxyCredential);
        (UseDefaultProxyCredentials, UserAgent) = (source.UseDefaultProxyCredentials, source.UserAgent);
    }

    /// <summary>The origin of the media and billing endpoints, without a path. Default: https://api.atlascloud.ai/. http is allowed for loopback only.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: the address is not an origin that the key may be sent to.</exception>
    public Uri BaseUri { get => _baseUri; init => _baseUri = Origin.Check(value); }

    /// <summary>The origin of the language model endpoints. Default: <see cref="BaseUri"/>.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: the address is not an origin that the key may be sent to.</exception>
    [AllowNull]
    public Uri LlmBaseUri { get => _llmBaseUri ?? _baseUri; init => _llmBaseUri = value is null ? null : Origin.Check(value); }

    /// <summary>
    /// The origin of the asset library. Default: https://console.atlascloud.ai/ if <see cref="BaseUri"/> is the default, otherwise <see cref="BaseUri"/>.
    /// </summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: the address is not an origin that the key may be sent to.</exception>
    [AllowNull]
    public Uri AssetBaseUri
    {
        get => _assetBaseUri ?? (Origin.IsSame(_baseUri, DefaultBaseUri) ? s_defaultAssetBaseUri : _baseUri);
        init => _assetBaseUri = value is null ? null : Origin.Check(value);
    }

    /// <summary>The API key, with or without the prefix Bearer.</summary>
    /// <exception cref="AtlasCloudException">
    /// Authentication: the key contains characters that no HTTP header can carry (ApiKeyMalformed), or is a management key (ManagementKeyAsApiKey).
    /// </exception>
    public string? ApiKey
    {
        internal get => _apiKey;
        init => _apiKey = CleanKey(value, nameof(ApiKey)) is string key && key.StartsWith(ManagementKeyPrefix, StringComparison.OrdinalIgnoreCase)
            ? throw KeyErrors.ManagementKeyAsApiKey()
            : CleanKey(value, nameof(ApiKey));
    }

    /// <summary>Whether an API key is set.</summary>
    public bool HasApiKey => _apiKey is not null;

    /// <summary>
    /// The management key (mgmt-…), with or without the prefix Bearer. It is sent only by <see cref="AtlasCloudClient.Management"/>, which in turn
    /// never sends the API key. Default: null, without which projects and keys cannot be managed.
    /// </summary>
    /// <exception cref="AtlasCloudException">Authentication: the key contains characters that no HTTP header can carry.</exception>
    public string? ManagementKey { internal get => _managementKey; init => _managementKey = CleanKey(value, nameof(ManagementKey)); }

    /// <summary>Whether a management key is set.</summary>
    public bool HasManagementKey => _managementKey is not null;

    /// <summary>Polling interval per prediction. Default: null, which depends on the kind and the age of the prediction.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or negative.</exception>
    public TimeSpan? PollInterval { get => _pollInterval; init => _pollInterval = OptionRange.RequirePositive(value); }

    /// <summary>How long to wait for a prediction. Default: null, which is 5 minutes for images, 10 for audio, 30 for video and 3D.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or negative.</exception>
    public TimeSpan? PollTimeout { get => _pollTimeout; init => _pollTimeout = OptionRange.RequirePositive(value); }

    /// <summary>Timeout of a request until its response starts. For uploads and downloads it restarts with each byte. Default: 60 s.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or negative.</exception>
    public TimeSpan RequestTimeout { get => _requestTimeout; init => _requestTimeout = OptionRange.RequirePositive(value); }

    /// <summary>The maximum number of retries of a request that may be retried. Default: 3.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MaximumRetryCount { get => _maximumRetryCount; init => _maximumRetryCount = OptionRange.RequireAtLeast(0, value); }

    /// <summary>The maximum number of concurrent submits, polls or downloads. Default: 16.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int ThrottleLimit { get => _throttleLimit; init => _throttleLimit = OptionRange.RequireAtLeast(1, value); }

    /// <summary>The most that the client may spend, in US dollars. Default: null, no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public decimal? Budget { get => _budget; init => _budget = OptionRange.RequireAtLeast(0m, value); }

    /// <summary>A folder for the cached catalog and schemas, which processes can share. Default: null, in memory only.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>The journal file, which processes can share. Default: null, no journal.</summary>
    public string? JournalPath { get; init; }

    /// <summary>Whether prompts and requests are written to the journal, so that requests can be sent again from it. Default: false, only a digest identifies the request.</summary>
    public bool RecordPrompts { get; init; }

    /// <summary>The proxy. Default: null, the system's, which is not used for loopback. An http address with a key needs a proxy on loopback.</summary>
    /// <remarks>A user name and password in the address are used as <see cref="ProxyCredential"/>, and cannot be read from here.</remarks>
    /// <exception cref="AtlasCloudException">InvalidParameter: the address is not that of a proxy.</exception>
    public Uri? Proxy
    {
        get => _proxy;
        init
        {
            _proxy = value is null ? null : ProxyAddress.WithoutCredential(ProxyAddress.Check(value));
            _credentialOfAddress = value is null ? null : ProxyAddress.FindCredential(value);
        }
    }

    /// <summary>The user name and password for the proxy. Default: those in the address of <see cref="Proxy"/>.</summary>
    public NetworkCredential? ProxyCredential { internal get => _proxyCredential ?? _credentialOfAddress; init => _proxyCredential = value; }

    /// <summary>Whether the proxy gets the credentials of the current user if it asks for them and there are no others. Default: false.</summary>
    public bool UseDefaultProxyCredentials { get; init; }

    /// <summary>The User-Agent header. Default: AtlasCloud and the version.</summary>
    public string UserAgent { get; init; } = $"AtlasCloud/{typeof(AtlasCloudOptions).Assembly.GetName().Version?.ToString(3)}";

    /// <summary>Returns a copy of these options with another budget.</summary>
    internal AtlasCloudOptions WithBudget(decimal budget)
    {
        AtlasCloudOptions copy = (AtlasCloudOptions)MemberwiseClone();
        copy._budget = OptionRange.RequireAtLeast(0m, budget);
        return copy;
    }

    /// <summary>Returns the options of the connection that sends the management key, and only that key.</summary>
    internal AtlasCloudOptions ForManagement() => new(this);

    /// <summary>The key that this connection never sends, to mask it too.</summary>
    internal string? OtherKey => _managementKey;

    private static string? CleanKey(string? key, string input)
    {
        string? clean = key?.Trim();
        if (clean is not null && $"{clean} ".StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            clean = clean["Bearer".Length..].Trim();
        }

        if (string.IsNullOrEmpty(clean))
        {
            return null;
        }

        return clean.All(c => c is > ' ' and < '\x7f') && clean.Length <= 4096
            ? clean
            : throw KeyErrors.Malformed(input);
    }
}
