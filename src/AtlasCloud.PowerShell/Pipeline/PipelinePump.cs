using System.Diagnostics.CodeAnalysis;

namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>
/// Lets one command do asynchronous work while the thread that owns the pipeline stays the only one that writes. Other threads
/// hand it notices (retries, progress, diagnostics), which it runs whenever it waits. Knows no PowerShell type.
/// </summary>
/// <remarks>
/// Everything waits on one lock: a notice, the end of a task, and the end of the grace all pulse it. A notice may itself wait
/// here (the lock is never held while one runs), and may end up in the pump of a downstream command, which is another object.
/// </remarks>
internal sealed class PipelinePump : IDisposable
{
    /// <summary>How long after a stop a command may still be there. The promise is a second, and unwinding takes some of it.</summary>
    internal static readonly TimeSpan DefaultGrace = TimeSpan.FromMilliseconds(900);

    private readonly object _gate = new();
    private readonly Queue<Action> _notices = new();
    private readonly StopSignal _stop;
    private int _running;
    private bool _disposed;

    internal PipelinePump(TimeProvider clock, TimeSpan? grace = null) => _stop = new StopSignal(clock, grace ?? DefaultGrace, Wake);

    /// <inheritdoc cref="StopSignal.Stopping"/>
    internal CancellationToken Stopping => _stop.Stopping;

    /// <inheritdoc cref="StopSignal.Abandon"/>
    internal CancellationToken Abandon => _stop.Abandon;

    /// <summary>Who hears the core while it works for this command.</summary>
    internal AtlasCloudLog? Listener { get; set; }

    /// <summary>How many tasks have been started and are not over.</summary>
    internal int Running
    {
        get
        {
            lock (_gate)
            {
                return _running;
            }
        }
    }

    /// <summary>Leaves something to do for the pipeline thread. Comes from any thread; after the end it is ignored.</summary>
    internal void Post(Action notice)
    {
        lock (_gate)
        {
            if (!_disposed && !Stopping.IsCancellationRequested)
            {
                _notices.Enqueue(notice);
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Runs the notices that are there, without waiting for more. A notice that throws ends the command's work.</summary>
    internal void RunNotices()
    {
        // A notice that posts a notice must not keep the thread here for ever: only those that are there now are run.
        int count;
        lock (_gate)
        {
            count = _notices.Count;
        }

        while (count-- > 0 && TryTakeNotice(out Action? notice))
        {
            try
            {
                notice();
            }
            catch
            {
                // -WarningAction Stop, or a downstream command that has enough: whatever is under way is no longer wanted.
                Stop();
                throw;
            }
        }
    }

    /// <summary>Starts work beside the pipeline. Its end is waited for when the command ends, whether or not anyone asks for it.</summary>
    /// <exception cref="OperationCanceledException">The command is stopping: nothing new is started.</exception>
    internal Task<T> Start<T>(Func<CancellationToken, Task<T>> work)
    {
        Stopping.ThrowIfCancellationRequested();
        return Track(() =>
        {
            // The stop may have come between the call and a free thread.
            Stopping.ThrowIfCancellationRequested();
            return work(Stopping);
        });
    }

    /// <summary>Does work, runs notices while it waits, and returns or throws what came of it.</summary>
    /// <remarks>
    /// A stop does not end the wait by itself but through the work, which hears of it at once; a billable request thereby still
    /// delivers its id. Work that hears nothing is left to itself when the grace is over.
    /// </remarks>
    internal T Run<T>(Func<CancellationToken, Task<T>> work) => ResultOf(Start(work));

    /// <summary>Waits until the task is over, running notices. What came of the task is the caller's to look at.</summary>
    /// <exception cref="OperationCanceledException">The command is stopping.</exception>
    internal void Wait(Task task) => WaitUntil(() => task.IsCompleted);

    /// <summary>Waits until one of the tasks is over, running notices.</summary>
    /// <exception cref="OperationCanceledException">The command is stopping.</exception>
    internal void WaitAny(IReadOnlyCollection<Task> tasks) => WaitUntil(() => tasks.Any(task => task.IsCompleted));

    /// <summary>Waits until a condition holds, running notices. Whoever makes it true calls <see cref="Wake"/> afterwards.</summary>
    /// <exception cref="OperationCanceledException">The command is stopping.</exception>
    internal void WaitUntil(Func<bool> condition) => WaitUntil(condition, endAtOnce: true);

    /// <summary>Has the pipeline thread look again at what it waits for.</summary>
    internal void Wake()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Cancels everything and returns at once. Comes from any thread.</summary>
    internal void Stop()
    {
        lock (_gate)
        {
            if (_disposed || Stopping.IsCancellationRequested)
            {
                return;
            }

            _stop.Signal(hasWork: _running > 0);
            _notices.Clear();
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Stops, and waits for all that was started, but never past the grace.</summary>
    public void Dispose()
    {
        Stop();
        lock (_gate)
        {
            while (_running > 0 && !_stop.IsGraceOver)
            {
                Monitor.Wait(_gate, _stop.GraceLeft);
            }

            _disposed = true;

            if (_running == 0)
            {
                _stop.Dispose();
            }
            else
            {
                // What still runs is left to itself, and holds the tokens.
                _stop.End();
            }
        }
    }

    /// <summary>Waits for a task that this pump has started, as <see cref="Run"/> does, and returns or throws what came of it.</summary>
    internal T ResultOf<T>(Task<T> running)
    {
        WaitThroughStop(() => running.IsCompleted);
        return running.GetAwaiter().GetResult();
    }

    /// <summary>Waits like <see cref="Run"/> for a condition: a stop ends the wait only when the grace is over.</summary>
    internal void WaitThroughStop(Func<bool> condition)
    {
        try
        {
            WaitUntil(condition, endAtOnce: false);
        }
        catch
        {
            // A notice threw, which stopped the work: it is over before anyone hears of it.
            WaitQuietly(condition);
            throw;
        }
    }

    /// <summary>Waits without running notices and without throwing, at most as long as the grace.</summary>
    internal void WaitQuietly(Func<bool> condition)
    {
        using StopSignal.Alarm alarm = _stop.StartAlarm();
        lock (_gate)
        {
            while (!condition() && !_stop.IsGraceOver && !alarm.IsOver)
            {
                Monitor.Wait(_gate, _stop.Grace);
            }
        }
    }

    /// <summary>Starts something that has to be done even though the command is stopping, such as closing a source.</summary>
    internal Task<T> StartAnyway<T>(Func<Task<T>> work) => Track(work);

    private void WaitUntil(Func<bool> condition, bool endAtOnce)
    {
        bool holds;
        do
        {
            lock (_gate)
            {
                while (!(holds = condition()) && _notices.Count == 0)
                {
                    if (Stopping.IsCancellationRequested && (endAtOnce || _stop.IsGraceOver))
                    {
                        throw new OperationCanceledException(Stopping);
                    }

                    Monitor.Wait(_gate, _stop.GraceLeft);
                }
            }

            // Also when there is nothing left to wait for: what was said before the end is shown before the result.
            RunNotices();
        }
        while (!holds);
    }

    private bool TryTakeNotice([NotNullWhen(true)] out Action? notice)
    {
        lock (_gate)
        {
            return _notices.TryDequeue(out notice);
        }
    }

    private Task<T> Track<T>(Func<Task<T>> work)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _running++;
        }

        AtlasCloudLog? listener = Listener;
        Task<T> task = Task.Run(() =>
        {
            // Set on the pool's thread, where it travels with the work. On the pipeline's it would reach other commands.
            using IDisposable? listening = listener?.Listen();
            return work();
        });

        // The task says that it is over before this is called, so whoever is woken finds it over.
        _ = task.ContinueWith(Ended, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return task;
    }

    private void Ended(Task task)
    {
        // Looked at, so that a failure nobody asked for does not come back as an unobserved one.
        _ = task.Exception;
        lock (_gate)
        {
            _running--;
            Monitor.PulseAll(_gate);
        }
    }
}
