namespace AtlasCloud.Emulation.Predictions;

/// <summary>The phase that a status belongs to.</summary>
internal enum TaskPhase
{
    Running,
    Succeeded,
    Failed,
}
