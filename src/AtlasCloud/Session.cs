namespace AtlasCloud;

/// <summary>Whom the commands talk to and how: addresses, limits, and a key that cannot be read. It cannot be changed once made; what was spent is counted in it.</summary>
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

    /// <summary>The most that may be spent with this session, in US dollars; null for no limit.</summary>
    public decimal? Budget => Client.Budget.Limit;

    /// <summary>What was spent of the budget up to now: at the quoted price, and at the settled one once that was seen. Null without a budget.</summary>
    public decimal? Spent => Client.Budget.Spent;

    /// <summary>What is set aside for requests on their way, and for those whose outcome is not known. Null without a budget.</summary>
    public decimal? Reserved => Client.Budget.Reserved;

    /// <summary>What is left of the budget; below zero where more was charged than was quoted. Null without a budget.</summary>
    public decimal? Remaining => Client.Budget.Remaining;

    /// <summary>The file that remembers each billable request; null where none is kept.</summary>
    public string? JournalPath => Client.Journal.Path;

    /// <summary>The proxy; null lets the environment decide.</summary>
    public Uri? Proxy => Client.Options.Proxy;

    /// <summary>The address and where the key came from.</summary>
    public override string ToString() => $"{BaseUri.Authority} ({KeySource ?? "no key"})";

    internal AtlasCloudClient Client { get; }
}
