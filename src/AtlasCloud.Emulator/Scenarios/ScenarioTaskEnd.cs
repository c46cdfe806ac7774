namespace AtlasCloud.Emulation.Scenarios;

/// <summary>How a task ends.</summary>
internal enum ScenarioTaskEnd
{
    Completed,
    Failed,
    Timeout,
    Canceled,
    Expired,

    /// <summary>It never does.</summary>
    Stuck,

    /// <summary>It never does, under a status word that nobody knows.</summary>
    Unknown,

    /// <summary>Completed with nothing, and flagged.</summary>
    Nsfw,

    /// <summary>Completed with nothing.</summary>
    Empty,

    /// <summary>Failed, and reported under HTTP 500.</summary>
    Failed500,
}
