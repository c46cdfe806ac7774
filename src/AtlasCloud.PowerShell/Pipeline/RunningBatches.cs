using AtlasCloud.PowerShell.Isolation;

namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>The batches that are in progress in a runspace: that of its pipeline, and those of the pipelines inside, each within the one before it.</summary>
internal sealed class RunningBatches
{
    private static readonly PerRunspace<RunningBatches> s_byRunspace = new(() => new RunningBatches(), _ => { });

    private readonly List<Batch> _batches = [];

    /// <summary>Those of the runspace that executes the command.</summary>
    internal static RunningBatches Current => s_byRunspace.Current;

    /// <summary>Joins the batch of the pipeline, or starts one for it.</summary>
    internal Batch Join(object member, BatchStage stage, PipelinePlace place, TimeProvider clock)
    {
        // No command begins in a pipeline that is stopped. Such a batch is left over from a command that was not disposed, because its proxy function was stopped.
        _batches.RemoveAll(batch => batch.Members.IsEmpty || batch.IsStopped);
        Batch? inner = _batches.LastOrDefault();
        if (inner?.Members.Accepts(stage, place) != true)
        {
            _batches.Add(inner = new Batch(clock, inner));
        }

        inner.Members.Add(member, stage, place);
        return inner;
    }
}
