using System.Management.Automation;

namespace AtlasCloud.PowerShell.Pipeline;

/// <content>What a command says, and from which thread.</content>
public abstract partial class AtlasCloudCmdlet
{
    private static readonly object s_command = new();

    private readonly HashSet<string> _warnings = new(StringComparer.Ordinal);
    private readonly ProgressThrottle _throttle;
    private readonly ProgressReporter _progress;
    private int _pipelineThread;
    private bool _isDebugBound;
    private Exception? _fromDownstream;

    /// <summary>Writes an object to the pipeline. What the commands after this one throw comes out of here, and is no failure of this one.</summary>
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
            // It may be of any type: a script's own throw passes through the engine as it is.
            _fromDownstream = exception;
            throw;
        }
    }

    /// <summary>Says what happens, for who asked with <c>-Verbose</c>.</summary>
    /// <remarks>
    /// Under <c>-Debug</c> the engine would stop at each verbose line and each warning to ask whether to go on, and fail where
    /// nobody can answer. There these lines join the debug stream, unless their own parameter says what to do with them.
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

    /// <summary>Leaves something to do for the pipeline thread, from any thread. It is done the next time that thread waits or gets input.</summary>
    protected void Post(Action notice) => Pump.Post(notice);

    /// <summary>Shows how far the command is. May be called from any thread and as often as one likes: few calls are drawn.</summary>
    /// <param name="activity">What is being done.</param>
    /// <param name="status">Where it stands.</param>
    /// <param name="fraction">How much is done, from 0 to 1; null where nobody knows.</param>
    /// <param name="remaining">How long it will take; null where nobody knows.</param>
    protected void ReportProgress(string activity, string status, double? fraction = null, TimeSpan? remaining = null)
    {
        if (_throttle.ShouldShow(s_command))
        {
            OnPipelineThread(() => _progress.Report(activity, status, fraction, remaining));
        }
    }

    /// <summary>Shows how far one item is, below the command.</summary>
    /// <param name="item">The item, or anything that is equal for the same item.</param>
    /// <param name="activity">What is being done with it.</param>
    /// <param name="status">Where it stands.</param>
    /// <param name="fraction">How much is done, from 0 to 1; null where nobody knows.</param>
    /// <param name="remaining">How long it will take; null where nobody knows.</param>
    protected void ReportItemProgress(object item, string activity, string status, double? fraction = null, TimeSpan? remaining = null)
    {
        if (_throttle.ShouldShow(item))
        {
            OnPipelineThread(() => _progress.ReportItem(item, activity, status, fraction, remaining));
        }
    }

    /// <summary>Takes the progress of an item away. That of the command goes by itself when the command ends.</summary>
    protected void EndItemProgress(object item)
    {
        _throttle.Forget(item);
        OnPipelineThread(() => _progress.CompleteItem(item));
    }

    private void ListenToCore()
    {
        _isDebugBound = MyInvocation.BoundParameters.TryGetValue("Debug", out object? asked) && asked is SwitchParameter { IsPresent: true };
        bool wantsDebug = IsFromCommandLine("Debug") ? _isDebugBound : IsDebugPreferred();
        Pump.Listener = new AtlasCloudLog((level, message) => Hear(level, message, wantsDebug), wantsDebug);
    }

    private void Hear(AtlasCloudLogLevel level, string message, bool wantsDebug)
    {
        // Chosen before the lambda, which then holds no enum of the core.
        switch (level)
        {
            case AtlasCloudLogLevel.Warning:
                Post(() => WarnOnce(message));
                break;
            case AtlasCloudLogLevel.Verbose:
                Post(() => WriteVerbose(message));
                break;
            case AtlasCloudLogLevel.Debug when wantsDebug:
                Post(() => WriteDebug(message));
                break;
        }
    }

    // A thousand rows have the same to be warned of.
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
            _progress.CompleteAll();
        }
        catch (PipelineStoppedException)
        {
            // Then the host clears its screen itself, and what we came with matters more.
        }
    }
}
