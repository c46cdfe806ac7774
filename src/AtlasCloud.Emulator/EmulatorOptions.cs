using AtlasCloud.Emulation.Catalog;

namespace AtlasCloud;

/// <summary>The options of an emulator. The defaults describe a healthy service and an account with a balance.</summary>
public sealed record EmulatorOptions
{
    /// <summary>The port on 127.0.0.1; 0 selects a free port. Default: 0.</summary>
    public int Port { get; init; }

    /// <summary>The accepted API key. Default: <see cref="Emulator.DefaultApiKey"/>.</summary>
    public string ApiKey { get; init; } = Emulator.DefaultApiKey;

    /// <summary>The accepted management key. Default: <see cref="Emulator.DefaultManagementKey"/>.</summary>
    public string ManagementKey { get; init; } = Emulator.DefaultManagementKey;

    /// <summary>The balance in US dollars. Default: 100.</summary>
    public decimal Balance { get; init; } = 100m;

    /// <summary>The factor on the duration of all tasks; 0 finishes them immediately. Default: 1.</summary>
    public double TimeScale { get; init; } = 1.0;

    /// <summary>The duration of image tasks. Default: 2 s.</summary>
    public TimeSpan ImageDuration { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The duration of video tasks. Default: 30 s.</summary>
    public TimeSpan VideoDuration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The duration of audio tasks, including transcripts. Default: 5 s.</summary>
    public TimeSpan AudioDuration { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The duration of 3D model tasks. Default: 20 s.</summary>
    public TimeSpan ThreeDDuration { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a task of a kind takes, with <see cref="TimeScale"/>.</summary>
    internal TimeSpan DurationOf(ModelKind kind) => TimeScale * kind switch
    {
        ModelKind.Video => VideoDuration,
        ModelKind.Model3D => ThreeDDuration,
        ModelKind.Image => ImageDuration,
        _ => AudioDuration,
    };

    /// <summary>The delay of every API reply. Downloads and static documents are not delayed. Default: none.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>The delay before each token of a streamed chat reply, multiplied by <see cref="TimeScale"/>. Default: 10 ms.</summary>
    public TimeSpan ChatDelay { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>The only path version that serves Gemini, <c>v1</c> or <c>v1beta</c>; the other one returns 404. Default: null for both.</summary>
    public string? GeminiVersion { get; init; }

    /// <summary>How long after completion a prediction publishes its price. Default: immediately.</summary>
    public TimeSpan PublishPriceLate { get; init; }

    /// <summary>The scenario that overrides replies and injects faults. Default: null for none.</summary>
    public EmulatorScenario? Scenario { get; init; }

    /// <summary>Rejects requests without a product User-Agent, like the bot check of the gateway (error 1010). Default: false.</summary>
    public bool RequireUserAgent { get; init; }

    /// <summary>Rejects parameters that the model does not declare. By default they are silently dropped, as the gateway does.</summary>
    public bool StrictValidation { get; init; }

    /// <summary>Accepts webhook addresses on this machine, which the service refuses. Default: true.</summary>
    public bool AcceptLoopbackWebhooks { get; init; } = true;

    /// <summary>Serves <c>/v1/images/generations</c> and <c>/v1/images/edits</c>; sources disagree on whether the service has them. Default: false, 404.</summary>
    public bool ServesOpenAIImages { get; init; }

    /// <summary>Gives outputs signed addresses without a file extension. Default: false.</summary>
    public bool OutputsWithoutExtension { get; init; }

    /// <summary>The lifetime of output addresses; each read of the prediction returns fresh ones. Default: null for addresses that do not expire.</summary>
    public TimeSpan? OutputAddressLifetime { get; init; }

    /// <summary>The maximum number of concurrent tasks; further submits get 402. Default: null for no limit.</summary>
    public int? MaximumConcurrentTasks { get; init; }

    /// <summary>The clock for tasks and delays. Default: the system clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
