using System.Management.Automation;

namespace AtlasCloud.PowerShell.Pipeline;

/// <content>The output streams, which only the pipeline thread writes to.</content>
public abstract partial class AtlasCloudCmdlet
{
    private static readonly object s_command = new();

    private readonly HashSet<string> _warnings = new(StringComparer.Ordinal);
    private ProgressThrottle _throttle;
    private ProgressReporter _progress;
    private Batch? _batch;
    private ITimer? _batchTimer;
    private int _isBatchReportQueued;
    private int _pipelineThread;
    private bool _isDebugBound;
    private Exception? _downstreamException;

    /// <summary>Writes an object to the pipeline. Exceptions of downstream commands pass through here and are not failures of this command.</summary>
    protected new void WriteObject(object? sendToPipeline) => WriteObject(sendToPipeline, enumerateCollection: false);

    /// <inheritdoc cref="WriteObject(object?)"/>
    protected new void WriteObject(object? sendToPipeline, bool enumerateCollection)
    {
        try
        {
            base.WriteObject(sendToPipeline, enumerateCollection);
        }
        catch (Exception exception)
        {
            // Of any type, since the engine does not wrap what a script throws.
            _downstreamException = exception;
            throw;
        }
    }

    /// <summary>Writes a verbose message.</summary>
    /// <remarks>
    /// With <c>-Debug</c> the engine would ask for confirmation at each verbose message and each warning, and fail without an interactive user.
    /// Therefore they are written to the debug stream, unless <c>-Verbose</c> or <c>-WarningAction</c> is specified.
    /// </remarks>
    protected new void WriteVerbose(string text)
    {
        if (_isDebugBound && !IsFromCommandLine("Verbose"))
        {
            WriteDebug(text);
        }
        else
        {
            base.WriteVerbose(text);
        }
    }

    /// <summary>Writes a warning.</summary>
    /// <inheritdoc cref="WriteVerbose" path="/remarks"/>
    protected new void WriteWarning(string text)
    {
        if (_isDebugBound && !IsFromCommandLine("WarningAction"))
        {
            WriteDebug("Warning: " + text);
        }
        else
        {
            base.WriteWarning(text);
        }
    }

    /// <summary>Queues an action for the pipeline thread, from any thread. It runs when that thread waits or receives input.</summary>
    protected void Post(Action notice) => Pump.Post(notice);

    /// <summary>Reports the progress of the command. Can be called from any thread and at any rate, since it is throttled.</summary>
    /// <param name="activity">The activity.</param>
    /// <param name="status">The status.</param>
    /// <param name="fraction">The completed fraction, from 0 to 1; null if unknown.</param>
    /// <param name="remaining">The remaining time; null if unknown.</param>
    protected void ReportProgress(string activity, string status, double? fraction = null, TimeSpan? remaining = null)
    {
        if (_throttle.ShouldShow(s_command))
        {
            OnPipelineThread(() => _progress.Report(WriteProgressRecord, activity, status, fraction, remaining));
        }
    }

    /// <summary>Reports the progress of an item, below the command.</summary>
    /// <param name="item">The item, or a value that is equal for the same item.</param>
    /// <param name="activity">The activity.</param>
    /// <param name="status">The status.</param>
    /// <param name="fraction">The completed fraction, from 0 to 1; null if unknown.</param>
    /// <param name="remaining">The remaining time; null if unknown.</param>
    protected void ReportItemProgress(object item, string activity, string status, double? fraction = null, TimeSpan? remaining = null)
    {
        if (_throttle.ShouldShow(item))
        {
            OnPipelineThread(() => _progress.ReportItem(WriteProgressRecord, item, activity, status, fraction, remaining));
        }
    }

    /// <summary>Removes the progress of an item. The progress of the command is removed when the command ends.</summary>
    protected void EndItemProgress(object item)
    {
        _throttle.Forget(item);
        OnPipelineThread(() => _progress.CompleteItem(WriteProgressRecord, item));
    }

    private void AttachLog()
    {
        _isDebugBound = MyInvocation.BoundParameters.TryGetValue("Debug", out object? debug) && debug is SwitchParameter { IsPresent: true };
        bool includesDebug = IsFromCommandLine("Debug") ? _isDebugBound : IsDebugPreferred();
        Pump.Log = new AtlasCloudLog((level, message) => OnLogMessage(level, message, includesDebug), includesDebug);
    }

    private void OnLogMessage(AtlasCloudLogLevel level, string message, bool includesDebug)
    {
        // Outside the lambdas, whose closures must not contain an enum of the library.
        switch (level)
        {
            case AtlasCloudLogLevel.Warning:
                Post(() => WarnOnce(message));
                break;
            case AtlasCloudLogLevel.Verbose:
                Post(() => WriteVerbose(message));
                break;
            case AtlasCloudLogLevel.Debug when includesDebug:
                Post(() => WriteDebug(message));
                break;
        }
    }

    // Each of many inputs can cause the same warning.
    private void WarnOnce(string message)
    {
        if (_warnings.Add(message))
        {
            WriteWarning(message);
        }
    }

    private bool IsDebugPreferred() =>
        GetVariableValue("DebugPreference") is ActionPreference and not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);

    private void OnPipelineThread(Action action)
    {
        if (Environment.CurrentManagedThreadId == _pipelineThread)
        {
            action();
        }
        else
        {
            Post(action);
        }
    }

    private void ClearProgress()
    {
        try
        {
            _progress.CompleteAll(WriteProgressRecord);
        }
        catch (PipelineStoppedException)
        {
            // The host removes the progress itself. The original exception is more important.
        }
    }
}
