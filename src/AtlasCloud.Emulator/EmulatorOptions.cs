namespace AtlasCloud;

/// <summary>How an emulator behaves. The defaults are those of a healthy service with money on the account.</summary>
public sealed record EmulatorOptions
{
    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The key that is accepted.</summary>
    public string ApiKey { get; init; } = Emulator.DefaultApiKey;

    /// <summary>The money on the account, in US dollars.</summary>
    public decimal Balance { get; init; } = 100m;

    /// <summary>All durations of tasks are multiplied by it; 0 makes everything instant.</summary>
    public double TimeScale { get; init; } = 1.0;

    /// <summary>How long an image takes.</summary>
    public TimeSpan ImageDuration { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a video takes.</summary>
    public TimeSpan VideoDuration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long sound or text from sound takes.</summary>
    public TimeSpan AudioDuration { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a 3D model takes.</summary>
    public TimeSpan ThreeDDuration { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Added to every reply of the API; downloads and static documents are not slowed.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>The pause before each word of a streamed chat reply; multiplied by <see cref="TimeScale"/>.</summary>
    public TimeSpan ChatDelay { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>The only version of the path that answers for Gemini, <c>v1</c> or <c>v1beta</c>; null for both. The other gives 404.</summary>
    public string? GeminiVersion { get; init; }

    /// <summary>How long after completion a prediction shows its price.</summary>
    public TimeSpan PublishPriceLate { get; init; }

    /// <summary>What goes otherwise than usual; null for nothing.</summary>
    public EmulatorScenario? Scenario { get; init; }

    /// <summary>Refuses requests without a product's User-Agent, as the gateway's bot check does (error 1010).</summary>
    public bool RequireUserAgent { get; init; }

    /// <summary>Refuses parameters that the model does not know. By default they are dropped in silence, as the gateway does.</summary>
    public bool StrictValidation { get; init; }

    /// <summary>Gives outputs signed addresses without a file extension.</summary>
    public bool OutputsWithoutExtension { get; init; }

    /// <summary>How long the address of an output can be read; each read of its prediction gives one that begins anew. Null for addresses that bear no time.</summary>
    public TimeSpan? OutputAddressLifetime { get; init; }

    /// <summary>More tasks at once than this are refused with 402; null for no limit.</summary>
    public int? MaximumConcurrentTasks { get; init; }

    /// <summary>The clock of tasks and delays.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
