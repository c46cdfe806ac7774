namespace AtlasCloud;

/// <summary>What commands connect to: addresses, limits, and a key that cannot be read. Immutable, except that it counts what was spent.</summary>
public sealed class Session
{
    internal Session(AtlasCloudOptions options, string? keySource, HttpMessageHandler? handler = null, TimeProvider? clock = null)
    {
        KeySource = keySource;
        Client = new AtlasCloudClient(options, handler, clock);
    }

    /// <summary>Identifies the session. A copy that was sent to a job has the ID of the original.</summary>
    public Guid InstanceId { get; internal init; } = Guid.NewGuid();

    /// <summary>The origin of the media and billing endpoints.</summary>
    public Uri BaseUri => Client.Options.BaseUri;

    /// <summary>The origin of the language model endpoints.</summary>
    public Uri LlmBaseUri => Client.Options.LlmBaseUri;

    /// <summary>The origin of the asset library.</summary>
    public Uri AssetBaseUri => Client.Options.AssetBaseUri;

    /// <summary>Where the key came from, never the key itself; null if there is no key.</summary>
    public string? KeySource { get; }

    /// <summary>The name of the secret that contains the key; null if the key comes from elsewhere.</summary>
    public string? SecretName { get; internal init; }

    /// <summary>The vault of the secret; null for the default vault.</summary>
    public string? Vault { get; internal init; }

    /// <summary>Where the management key came from, never the key itself; null if there is none.</summary>
    public string? ManagementKeySource { get; internal init; }

    /// <summary>The name of the secret that contains the management key, in the same vault; null if it comes from elsewhere.</summary>
    public string? ManagementSecretName { get; internal init; }

    /// <summary>Polling interval per prediction; null if it depends on the kind and the age of the prediction.</summary>
    public TimeSpan? PollInterval => Client.Options.PollInterval;

    /// <summary>How long to wait for a prediction; null if it depends on the kind of the prediction.</summary>
    public TimeSpan? PollTimeout => Client.Options.PollTimeout;

    /// <summary>Timeout of one request.</summary>
    public TimeSpan RequestTimeout => Client.Options.RequestTimeout;

    /// <summary>The maximum number of retries of a request that may be retried.</summary>
    public int MaximumRetryCount => Client.Options.MaximumRetryCount;

    /// <summary>The maximum number of concurrent submits, polls or downloads.</summary>
    public int ThrottleLimit => Client.Options.ThrottleLimit;

    /// <summary>The most that may be spent with this session, in US dollars; null for no limit.</summary>
    public decimal? Budget => Client.Budget.Limit;

    /// <summary>What was spent of the budget, in US dollars: quoted prices, replaced by settled ones when they are known. Null without a budget.</summary>
    public decimal? Spent => Client.Budget.Spent;

    /// <summary>What is reserved for requests in flight and for requests whose outcome is unknown, in US dollars. Null without a budget.</summary>
    public decimal? Reserved => Client.Budget.Reserved;

    /// <summary>What is left of the budget, in US dollars; negative if more was charged than quoted. Null without a budget.</summary>
    public decimal? Remaining => Client.Budget.Remaining;

    /// <summary>The journal file, which contains each billable request; null if none is kept.</summary>
    public string? JournalPath => Client.Journal.Path;

    /// <summary>Whether prompts are stored in the journal.</summary>
    public bool JournalPrompt => Client.Options.RecordPrompts;

    /// <summary>The proxy; null for the proxy of the environment.</summary>
    public Uri? Proxy => Client.Options.Proxy;

    /// <summary>Whether the current user is authenticated to the proxy.</summary>
    public bool ProxyUseDefaultCredentials => Client.Options.UseDefaultProxyCredentials;

    /// <summary>The address and where the key came from.</summary>
    public override string ToString() => $"{BaseUri.Authority} ({KeySource ?? "no key"})";

    internal AtlasCloudClient Client { get; }

    /// <summary>Measures the time between keys in an interactive chat. The client has its own clock.</summary>
    internal TimeProvider KeyboardClock { get; init; } = TimeProvider.System;

    /// <summary>Whether there is no journal because the system defines no folder for it. Without a home directory, as for many service accounts, it defines none.</summary>
    internal bool LacksJournalFolder { get; init; }
}
