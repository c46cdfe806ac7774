namespace AtlasCloud;

/// <summary>How predictions are watched. By default, as the options of the client say.</summary>
/// <exception cref="ArgumentOutOfRangeException">An interval or timeout is not greater than zero, or a limit is less than 1.</exception>
public sealed record WatchOptions
{
    private readonly TimeSpan? _interval;
    private readonly TimeSpan? _timeout;
    private readonly int? _maximumConcurrentPolls;

    /// <summary>
    /// Polling interval per prediction. Default: <see cref="AtlasCloudOptions.PollInterval"/>, else it starts at 1.2 s for images, 3 s for audio and 5 s for
    /// video and grows to 15 s.
    /// </summary>
    public TimeSpan? Interval { get => _interval; init => _interval = OptionRange.RequirePositive(value); }

    /// <summary>
    /// How long to wait for each prediction. Default: <see cref="AtlasCloudOptions.PollTimeout"/>, else 5 minutes for images, 10 for audio, 30 for video and 3D.
    /// </summary>
    public TimeSpan? Timeout { get => _timeout; init => _timeout = OptionRange.RequirePositive(value); }

    /// <summary>The maximum number of concurrent polls. Default: <see cref="AtlasCloudOptions.ThrottleLimit"/>.</summary>
    public int? MaximumConcurrentPolls { get => _maximumConcurrentPolls; init => _maximumConcurrentPolls = OptionRange.RequireAtLeast(1, value); }

    /// <summary>
    /// How long a finished prediction is held back until its settled price is published. Default: 3 s for predictions with a quote and zero for others.
    /// </summary>
    public TimeSpan? PriceTimeout { get; init; }

    /// <summary>Called with every state that a poll returns, from any thread. Must not throw. Default: null.</summary>
    public Action<Prediction>? OnPolled { get; init; }

    /// <summary>Returns these options, with those of a client in place of missing ones.</summary>
    internal WatchOptions WithDefaults(AtlasCloudOptions client) => this with
    {
        Interval = Interval ?? client.PollInterval,
        Timeout = Timeout ?? client.PollTimeout,
        MaximumConcurrentPolls = MaximumConcurrentPolls ?? client.ThrottleLimit,
    };
}
