namespace AtlasCloud;

/// <summary>Whom the commands talk to and how: addresses, limits, and a key that cannot be read. It cannot be changed once made.</summary>
public sealed class Session
{
    internal Session(AtlasCloudOptions options, string? keySource, HttpMessageHandler? handler = null, TimeProvider? clock = null)
    {
        KeySource = keySource;
        Client = new AtlasCloudClient(options, handler, clock);
    }

    /// <summary>The origin of the media and billing endpoints.</summary>
    public Uri BaseUri => Client.Options.BaseUri;

    /// <summary>The origin of the language model endpoints.</summary>
    public Uri LlmBaseUri => Client.Options.LlmBaseUri;

    /// <summary>Where the key came from, never the key; null where there is none.</summary>
    public string? KeySource { get; }

    /// <summary>Time between two polls of one prediction; null lets kind and age decide.</summary>
    public TimeSpan? PollInterval => Client.Options.PollInterval;

    /// <summary>How long to wait for a prediction; null lets the kind decide.</summary>
    public TimeSpan? PollTimeout => Client.Options.PollTimeout;

    /// <summary>How long one request may take.</summary>
    public TimeSpan RequestTimeout => Client.Options.RequestTimeout;

    /// <summary>How often a request that may be repeated is repeated.</summary>
    public int MaximumRetryCount => Client.Options.MaximumRetryCount;

    /// <summary>How many submits, polls or downloads may be in flight together.</summary>
    public int ThrottleLimit => Client.Options.ThrottleLimit;

    /// <summary>The proxy; null lets the environment decide.</summary>
    public Uri? Proxy => Client.Options.Proxy;

    /// <summary>The address and where the key came from.</summary>
    public override string ToString() => $"{BaseUri.Authority} ({KeySource ?? "no key"})";

    internal AtlasCloudClient Client { get; }
}
