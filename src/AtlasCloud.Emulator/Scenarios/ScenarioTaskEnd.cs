namespace AtlasCloud.Emulation.Scenarios;

/// <summary>How a task ends.</summary>
internal enum ScenarioTaskEnd
{
    Completed,
    Failed,
    Timeout,
    Canceled,
    Expired,

    /// <summary>Never ends.</summary>
    Stuck,

    /// <summary>Never ends; reports an unknown status.</summary>
    Unknown,

    /// <summary>Completes without outputs, flagged as NSFW.</summary>
    Nsfw,

    /// <summary>Completes without outputs.</summary>
    Empty,

    /// <summary>Fails; reported with HTTP 500.</summary>
    Failed500,
}
