namespace AtlasCloud.Emulation.Predictions;

/// <summary>The state of a task at one point in time.</summary>
internal sealed record TaskState(string Status, TaskPhase Phase)
{
    internal static readonly TaskState Created = new("created", TaskPhase.Running);
    internal static readonly TaskState Starting = new("starting", TaskPhase.Running);
    internal static readonly TaskState Processing = new("processing", TaskPhase.Running);
    internal static readonly TaskState Pending = new("pending", TaskPhase.Running);
    internal static readonly TaskState PostProcessing = new("post_processing", TaskPhase.Running);
    internal static readonly TaskState Completed = new("completed", TaskPhase.Succeeded);
    internal static readonly TaskState Failed = new("failed", TaskPhase.Failed);

    internal bool IsFinal => Phase != TaskPhase.Running;
}
