using System.Management.Automation;
using System.Management.Automation.Host;

namespace AtlasCloud.PowerShell.Pipeline;

/// <content>What the commands of a pipeline share: one progress bar, and one line when they are stopped.</content>
public abstract partial class AtlasCloudCmdlet
{
    private static readonly TimeSpan s_batchInterval = TimeSpan.FromSeconds(0.5);

    /// <summary>Takes part in the progress of the pipeline. To be called in <see cref="BeginInput"/>.</summary>
    /// <param name="stage">What the command does.</param>
    /// <param name="clock">Measures the time.</param>
    private protected Batch JoinBatch(BatchStage stage, TimeProvider clock)
    {
        _batch = RunningBatches.Current.Join(this, stage, PipelinePlace.Of(MyInvocation), clock);
        (_progress, _throttle) = (_batch.Reporter, _batch.Throttle);

        // Only one command of the pipeline waits at a time, and only that one can write. The others queue at most one report.
        _batchTimer = clock.CreateTimer(_ => QueueBatchReport(), null, s_batchInterval, s_batchInterval);
        return _batch;
    }

    private void QueueBatchReport()
    {
        if (Interlocked.Exchange(ref _isBatchReportQueued, 1) == 0)
        {
            Post(() =>
            {
                Volatile.Write(ref _isBatchReportQueued, 0);
                BatchStatus status = _batch!.GetStatus();
                ReportProgress("Atlas Cloud", status.Text, status.Fraction, status.Remaining);
            });
        }
    }

    // Progress of different sources is shown separately, and each command is a source of its own.
    private void WriteProgressRecord(ProgressRecord record)
    {
        if (_batch is null)
        {
            WriteProgress(record);
        }
        else
        {
            CommandRuntime.WriteProgress(_batch.SourceId, record);
        }
    }

    private void EndProgress()
    {
        if (_batch is null || _batch.Members.Remove(this))
        {
            _progress.CompleteAll(WriteProgressRecord);
        }
    }

    private void LeaveBatch()
    {
        _batchTimer?.Dispose();
        if (_batch?.Leave(this) is string rest)
        {
            WriteToHost(rest);
        }
    }

    // The streams of a stopped command are closed.
    private void WriteToHost(string line)
    {
        try
        {
            Host?.UI?.WriteWarningLine(line);
        }
        catch (Exception exception) when (exception is HostException or InvalidOperationException or NotImplementedException or PipelineStoppedException)
        {
            // The host has no user interface.
        }
    }
}
