namespace AtlasCloud.Emulation.Predictions;

/// <summary>What the status words amount to.</summary>
internal enum TaskPhase
{
    Running,
    Succeeded,
    Failed,
}
