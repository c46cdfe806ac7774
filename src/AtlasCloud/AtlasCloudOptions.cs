using AtlasCloud.Http;

namespace AtlasCloud;

/// <summary>Everything a client needs to know. Values cannot be changed once made; the key can be given but not read.</summary>
public sealed class AtlasCloudOptions
{
    /// <summary>Where the service lives.</summary>
    public static readonly Uri DefaultBaseUri = new("https://api.atlascloud.ai/");

    private readonly Uri _baseUri = DefaultBaseUri;
    private readonly Uri? _llmBaseUri;
    private readonly string? _apiKey;

    /// <summary>The origin of the media and billing endpoints, without a path. Plain http is taken for loopback only.</summary>
    /// <exception cref="AtlasCloudException">The address is not an origin that a key may be sent to.</exception>
    public Uri BaseUri { get => _baseUri; init => _baseUri = Origin.Check(value); }

    /// <summary>The origin of the language model endpoints; <see cref="BaseUri"/> where it is not set.</summary>
    /// <exception cref="AtlasCloudException">The address is not an origin that a key may be sent to.</exception>
    public Uri LlmBaseUri { get => _llmBaseUri ?? _baseUri; init => _llmBaseUri = value is null ? null : Origin.Check(value); }

    /// <summary>The key, with or without the word Bearer in front.</summary>
    /// <exception cref="AtlasCloudException">The key holds characters that no header can carry.</exception>
    public string? ApiKey { internal get => _apiKey; init => _apiKey = CleanKey(value); }

    /// <summary>Whether there is a key.</summary>
    public bool HasApiKey => _apiKey is not null;

    /// <summary>Time between two polls of one prediction; null lets kind and age decide.</summary>
    public TimeSpan? PollInterval { get; init; }

    /// <summary>How long to wait for a prediction; null lets the kind decide.</summary>
    public TimeSpan? PollTimeout { get; init; }

    /// <summary>How long one request may take until its answer begins. Uploads and downloads count from the last byte moved.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a request that may be repeated is repeated.</summary>
    public int MaximumRetryCount { get; init; } = 3;

    /// <summary>How many submits, polls or downloads may be in flight together.</summary>
    public int ThrottleLimit { get; init; } = 16;

    /// <summary>The most that this session may spend, in US dollars; null for no limit.</summary>
    public decimal? Budget { get; init; }

    /// <summary>A folder for the catalog and the schemas, shared by processes; null keeps them in memory alone.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>The file that remembers each billable request, shared by processes; null or empty for none.</summary>
    public string? JournalPath { get; init; }

    /// <summary>Whether the journal keeps prompts. Otherwise a digest stands for the request.</summary>
    public bool KeepsPrompts { get; init; }

    /// <summary>A proxy; null lets the environment decide.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>The name sent as User-Agent.</summary>
    public string UserAgent { get; init; } = $"AtlasCloud/{typeof(AtlasCloudOptions).Assembly.GetName().Version?.ToString(3)}";

    private static string? CleanKey(string? key)
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
            : throw new AtlasCloudException(
                AtlasCloudErrorKind.Authentication,
                "The API key contains spaces or characters that no HTTP header can carry. Nothing was sent.")
            {
                Reason = AtlasCloudErrorReason.ApiKeyMalformed,
                Input = nameof(ApiKey),
            };
    }
}
