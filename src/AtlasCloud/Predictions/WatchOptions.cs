namespace AtlasCloud;

/// <summary>How predictions are watched.</summary>
public sealed record WatchOptions
{
    /// <summary>Polling interval per prediction. Default: null, which starts at 1.2 s for images, 3 s for audio and 5 s for video and grows to 15 s.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>How long to wait for each prediction. Default: null, which is 5 minutes for images, 10 for audio, 30 for video and 3D.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The maximum number of concurrent polls. Default: 16.</summary>
    public int MaximumPolls { get; init; } = 16;

    /// <summary>
    /// How long a finished prediction is held back until its settled price is published. Default: null, which is 3 s for predictions with a quote and zero for
    /// others.
    /// </summary>
    public TimeSpan? PriceTimeout { get; init; }

    /// <summary>Called with every state that a poll returns, from any thread. Must not throw.</summary>
    public Action<Prediction>? OnPolled { get; init; }
}
