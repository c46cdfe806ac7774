using System.Management.Automation;
using System.Runtime.ExceptionServices;

namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>
/// What every command of the module shares: waiting for asynchronous work without leaving the pipeline thread, ending at once
/// when it is stopped, and turning failures into errors that a script can branch on.
/// </summary>
/// <remarks>
/// The engine lists the public types before the private assemblies can be found. So neither this class nor one that derives from
/// it may implement a type of the core, or have a field, or a property kept in a field, of one of its structs or enums.
/// </remarks>
public abstract partial class AtlasCloudCmdlet : PSCmdlet, IDisposable
{
    private readonly HashSet<string> _fromCommandLine = new(StringComparer.OrdinalIgnoreCase);
    private volatile bool _isStopAsked;

    /// <summary>Makes a command that goes by the clock of the system.</summary>
    protected AtlasCloudCmdlet()
        : this(TimeProvider.System)
    {
    }

    private protected AtlasCloudCmdlet(TimeProvider clock)
    {
        Clock = clock;
        Pump = new PipelinePump(clock);
        _throttle = new ProgressThrottle(clock);
        _progress = new ProgressReporter(WriteProgress);
    }

    /// <summary>The clock that everything here goes by.</summary>
    protected TimeProvider Clock { get; }

    /// <summary>Cancelled as soon as the command is stopped.</summary>
    protected CancellationToken StoppingToken => Pump.Stopping;

    /// <summary>Cancelled most of a second later: for a billable request that is on the wire, whose answer is worth that wait.</summary>
    protected CancellationToken AbandonToken => Pump.Abandon;

    private protected PipelinePump Pump { get; }

    /// <summary>Stops and waits for what is still under way, at most for the rest of a second. The engine calls this however a command ends.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the command holds. Who overrides this calls it first: it ends the work that may use the rest.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Pump.Dispose();
        }
    }

    /// <summary>Runs once, before the first input. Input from the pipeline is not bound yet.</summary>
    protected virtual void BeginInput()
    {
    }

    /// <summary>Runs for each input. A failure of the service ends this input and not the command.</summary>
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
    protected sealed override void ProcessRecord() => Guard(ProcessInput, isInput: true);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Guard(End, isInput: false);

    /// <inheritdoc/>
    protected sealed override void StopProcessing()
    {
        _isStopAsked = true;
        Pump.Stop();
    }

    /// <summary>Does something with each item. One that fails is one non-terminating error with the item as its target; the others go on.</summary>
    protected void ForEach<T>(IEnumerable<T> items, Action<T> body)
    {
        foreach (T item in items)
        {
            try
            {
                body(item);
            }
            catch (Exception exception) when (IsOfInput(exception))
            {
                WriteFailure(exception, item);
            }
        }
    }

    /// <summary>Hands out what is finished by now. A failed item is one non-terminating error with the item as its target.</summary>
    private protected void TakeFinished<TItem, TResult>(PipelineWork<TItem, TResult> work, Action<TItem, TResult> body) =>
        Take(work, work.DrainCompleted(), body);

    /// <summary>Hands out everything, each as it gets done. A failed item is one non-terminating error with the item as its target.</summary>
    private protected void TakeAll<TItem, TResult>(PipelineWork<TItem, TResult> work, Action<TItem, TResult> body) =>
        Take(work, work.DrainAll(), body);

    /// <summary>Does work and returns what comes of it. Meanwhile this thread shows what the work reports.</summary>
    protected T Run<T>(Func<CancellationToken, Task<T>> work) => Pump.Run(work);

    /// <summary>Does work that returns nothing.</summary>
    protected void Run(Func<CancellationToken, Task> work) =>
        Pump.Run(async stopping =>
        {
            await work(stopping).ConfigureAwait(false);
            return true;
        });

    /// <summary>Enumerates an asynchronous sequence, asking for each item when it is wanted. Leaving the loop closes the source.</summary>
    protected IEnumerable<T> Pull<T>(IAsyncEnumerable<T> source) => Pump.Pull(source);

    /// <summary>The same, reading ahead: for many small items that cost nothing each, such as the events of a stream.</summary>
    protected IEnumerable<T> Pull<T>(IAsyncEnumerable<T> source, int readAhead) => Pump.Pull(source, readAhead);

    /// <summary>Starts work beside the pipeline. It is cancelled and waited for when the command ends.</summary>
    protected Task<T> Start<T>(Func<CancellationToken, Task<T>> work) => Pump.Start(work);

    /// <summary>Waits until a task is over; what came of it is the caller's to look at.</summary>
    protected void Wait(Task task) => Pump.Wait(task);

    /// <summary>Writes a failure as a non-terminating error.</summary>
    /// <param name="exception">What went wrong.</param>
    /// <param name="target">The input that it went wrong with; an exception that knows better has the last word.</param>
    protected void WriteFailure(Exception exception, object? target = null) => WriteError(ErrorRecordFactory.Create(exception, target));

    /// <summary>Whether the user gave this parameter as an argument, and not the pipeline by a property of an object.</summary>
    protected bool IsFromCommandLine(string parameterName) => _fromCommandLine.Contains(parameterName);

    private void Begin()
    {
        _fromCommandLine.UnionWith(MyInvocation.BoundParameters.Keys);
        ListenToCore();
        BeginInput();
    }

    private void End()
    {
        EndInput();
        Pump.RunNotices();
        _progress.CompleteAll();
    }

    private void Take<TItem, TResult>(
        PipelineWork<TItem, TResult> work, IEnumerable<PipelineResult<TItem, TResult>> results, Action<TItem, TResult> body)
    {
        Exception? final = null;
        foreach (PipelineResult<TItem, TResult> result in results)
        {
            try
            {
                body(result.Item, result.Value);
            }
            catch (Exception exception) when (IsOfInput(exception))
            {
                WriteFailure(exception, result.Item);
            }
            catch (Exception exception) when (ReferenceEquals(exception, result.Exception) && !_isStopAsked)
            {
                final ??= exception;
            }
        }

        if (final is not null)
        {
            // The command is at its end, but what is in flight has been paid for and may yet succeed.
            foreach (PipelineResult<TItem, TResult> result in work.DrainAll().Where(result => result.Succeeded))
            {
                body(result.Item, result.Value);
            }

            ExceptionDispatchInfo.Throw(final);
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
        catch (Exception exception) when (IsOfEngine(exception))
        {
            // Somebody has enough of this pipeline: work that nobody waits for should hear of it while the engine unwinds.
            Pump.Stop();
            if (exception is FlowControlException)
            {
                ClearProgress();
            }

            throw;
        }
        catch (Exception exception) when (_isStopAsked || (exception is OperationCanceledException && Pump.Stopping.IsCancellationRequested))
        {
            // A cancellation that was asked for, or what it broke. No error of the user's.
            throw new PipelineStoppedException();
        }
        catch (AtlasCloudException exception) when (isInput && IsOfInput(exception))
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

    private bool IsOfEngine(Exception exception) =>
        exception is PipelineStoppedException or ActionPreferenceStopException or FlowControlException
        || ReferenceEquals(exception, _fromDownstream);

    /// <summary>Whether other inputs can still succeed.</summary>
    private bool IsOfInput(Exception exception) =>
        !IsOfEngine(exception) && !Pump.Stopping.IsCancellationRequested && !ErrorTable.Describe(exception).IsFinal;
}
