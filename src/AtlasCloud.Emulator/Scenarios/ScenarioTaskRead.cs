namespace AtlasCloud.Emulation.Scenarios;

/// <summary>What a read of a task that has ended reports.</summary>
internal enum ScenarioTaskRead
{
    Actual,

    /// <summary>The task is still processing.</summary>
    Processing,

    /// <summary>The task failed, without a price.</summary>
    Failed,

    /// <summary>The task ended as it did, but has no outputs yet.</summary>
    NoOutputs,
}
