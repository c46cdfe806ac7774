using System.Management.Automation;
using System.Runtime.ExceptionServices;

namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>
/// The base of all cmdlets: waits for asynchronous work on the pipeline thread, stops immediately, and converts failures to errors with stable IDs.
/// </summary>
/// <remarks>
/// The engine enumerates public types before the private assemblies can be resolved. Therefore neither this class nor a derived one may implement a
/// type of the library, or have a field or an auto-property whose type is one of its structs or enums.
/// </remarks>
public abstract partial class AtlasCloudCmdlet : PSCmdlet, IDisposable
{
    private readonly HashSet<string> _fromCommandLine = new(StringComparer.OrdinalIgnoreCase);
    private volatile bool _isStopRequested;

    /// <summary>Creates a command that uses the system clock.</summary>
    protected AtlasCloudCmdlet()
        : this(TimeProvider.System)
    {
    }

    private protected AtlasCloudCmdlet(TimeProvider clock)
    {
        Clock = clock;
        Pump = new PipelinePump(clock);
        _throttle = new ProgressThrottle(clock);
        _progress = new ProgressReporter();
    }

    /// <summary>The clock for all times and timeouts of the command.</summary>
    protected TimeProvider Clock { get; }

    /// <summary>Canceled as soon as the command is stopped.</summary>
    protected CancellationToken StoppingToken => Pump.Stopping;

    /// <summary>Canceled 0.7 s after the stop. For billable requests in flight, whose response contains the ID of what was paid for.</summary>
    protected CancellationToken HardStopToken => Pump.HardStop;

    private protected PipelinePump Pump { get; }

    /// <summary>Stops and waits for background work, at most until the end of the grace period. The engine calls this whenever a command ends.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases resources. Overrides call it first, since it ends the work that may use their resources.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Pump.Dispose();
            LeaveBatch();
        }
    }

    /// <summary>Runs once, before the first input. Pipeline input is not bound yet.</summary>
    protected virtual void BeginInput()
    {
    }

    /// <summary>Runs for each input. A failure of the service ends this input, not the command.</summary>
    protected virtual void ProcessInput()
    {
    }

    /// <summary>Runs once, after the last input, unless the command was stopped.</summary>
    protected virtual void EndInput()
    {
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Guard(Begin, isInput: false);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        _batch?.Members.AddInput(this);
        Guard(ProcessInput, isInput: true);
    }

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        _batch?.Members.AddInput(this);
        Guard(End, isInput: false);
    }

    /// <inheritdoc/>
    protected sealed override void StopProcessing()
    {
        _isStopRequested = true;
        if (_batch is Batch batch)
        {
            batch.IsStopped = true;
        }

        Pump.Stop();
    }

    /// <summary>Processes each item. A failed item becomes a non-terminating error with the item as its target; the others continue.</summary>
    protected void ForEach<T>(IEnumerable<T> items, Action<T> body)
    {
        foreach (T item in items)
        {
            try
            {
                body(item);
            }
            catch (Exception exception) when (IsItemFailure(exception))
            {
                WriteFailure(exception, item);
            }
        }
    }

    /// <summary>Processes the available results. A failed item becomes a non-terminating error with the item as its target.</summary>
    private protected void DrainCompleted<TItem, TResult>(PipelineWork<TItem, TResult> work, Action<TItem, TResult> body) =>
        Drain(work, work.DrainCompleted(), body);

    /// <summary>Waits for all results and processes each when it is available. A failed item becomes a non-terminating error with the item as its target.</summary>
    private protected void DrainAll<TItem, TResult>(PipelineWork<TItem, TResult> work, Action<TItem, TResult> body) =>
        Drain(work, work.DrainAll(), body);

    /// <summary>Runs work and returns its result. Meanwhile the pipeline thread writes what the work reports.</summary>
    protected T Run<T>(Func<CancellationToken, Task<T>> work) => Pump.Run(work);

    /// <summary>Runs work that returns nothing.</summary>
    protected void Run(Func<CancellationToken, Task> work) =>
        Pump.Run(async stopping =>
        {
            await work(stopping).ConfigureAwait(false);
            return true;
        });

    /// <summary>Enumerates an asynchronous sequence and requests each item when it is needed. Leaving the loop closes the source.</summary>
    protected IEnumerable<T> Pull<T>(IAsyncEnumerable<T> source) => Pump.Pull(source);

    /// <summary>The same with a buffer, for many small items that are not charged, such as the events of a stream.</summary>
    protected IEnumerable<T> Pull<T>(IAsyncEnumerable<T> source, int readAhead) => Pump.Pull(source, readAhead);

    /// <summary>Starts work in the background. When the command ends, the work is canceled and awaited.</summary>
    protected Task<T> Start<T>(Func<CancellationToken, Task<T>> work) => Pump.Start(work);

    /// <summary>Waits until a task is completed, without observing its outcome.</summary>
    protected void Wait(Task task) => Pump.Wait(task);

    /// <summary>Whether a parameter was specified as an argument, not bound to a property of a pipeline object.</summary>
    protected internal bool IsFromCommandLine(string parameterName) => _fromCommandLine.Contains(parameterName);

    private void Begin()
    {
        _fromCommandLine.UnionWith(MyInvocation.BoundParameters.Keys);
        AttachLog();
        BeginInput();
    }

    private void End()
    {
        EndInput();
        Pump.RunNotices();
        EndProgress();
        SummarizeErrors();
    }

    private void Drain<TItem, TResult>(
        PipelineWork<TItem, TResult> work, IEnumerable<PipelineResult<TItem, TResult>> results, Action<TItem, TResult> body)
    {
        Exception? terminating = null;
        foreach (PipelineResult<TItem, TResult> result in results)
        {
            try
            {
                body(result.Item, result.Value);
            }
            catch (Exception exception) when (IsItemFailure(exception))
            {
                WriteFailure(exception, result.Item);
            }
            catch (Exception exception) when (ReferenceEquals(exception, result.Exception) && !_isStopRequested)
            {
                terminating ??= exception;
            }
        }

        if (terminating is not null)
        {
            // The command ends, but requests in flight are paid for and can still succeed.
            foreach (PipelineResult<TItem, TResult> result in work.DrainAll().Where(result => result.Succeeded))
            {
                body(result.Item, result.Value);
            }

            ExceptionDispatchInfo.Throw(terminating);
        }
    }

    private void Guard(Action step, bool isInput)
    {
        _pipelineThread = Environment.CurrentManagedThreadId;
        try
        {
            Pump.RunNotices();
            step();
        }
        catch (Exception exception) when (IsFromEngine(exception))
        {
            // The pipeline ends. Background work is canceled while the engine unwinds.
            Pump.Stop();
            if (exception is FlowControlException)
            {
                ClearProgress();
            }

            throw;
        }
        catch (Exception exception) when (_isStopRequested || (exception is OperationCanceledException && Pump.Stopping.IsCancellationRequested))
        {
            // The requested cancellation or its consequence, which is not an error.
            throw new PipelineStoppedException();
        }
        catch (AtlasCloudException exception) when (isInput && IsItemFailure(exception))
        {
            WriteFailure(exception);
        }
        catch (Exception exception)
        {
            Pump.Stop();
            ClearProgress();
            ThrowTerminatingError(ErrorRecordFactory.Create(exception));
        }
    }

    private bool IsFromEngine(Exception exception) =>
        exception is PipelineStoppedException or ActionPreferenceStopException or FlowControlException
        || ReferenceEquals(exception, _downstreamException);

    /// <summary>Whether a failure concerns one input only, so that others can still succeed.</summary>
    private bool IsItemFailure(Exception exception) =>
        !IsFromEngine(exception) && !Pump.Stopping.IsCancellationRequested && !ErrorTable.Describe(exception).IsTerminating;
}
