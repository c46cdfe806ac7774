using System.Diagnostics.CodeAnalysis;

namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>
/// Runs asynchronous work for one command, while only the pipeline thread writes. Other threads post notices (retries, progress, diagnostics), which
/// the pipeline thread runs while it waits. Uses no PowerShell type.
/// </summary>
/// <remarks>
/// All waits use one lock, which is pulsed by a notice, by the end of a task, and by the end of the grace period. The lock is never held while a
/// notice runs: a notice may wait here too, or enter the pump of a downstream command.
/// </remarks>
internal sealed partial class PipelinePump : IDisposable
{
    /// <summary>How long work may continue after a stop. A command must end within a second, and unwinding takes some of it.</summary>
    internal static readonly TimeSpan DefaultGrace = TimeSpan.FromMilliseconds(900);

    private readonly object _lock = new();
    private readonly Queue<Action> _notices = new();
    private readonly StopSignal _stop;
    private int _running;
    private bool _disposed;

    internal PipelinePump(TimeProvider clock, TimeSpan? grace = null) => _stop = new StopSignal(clock, grace ?? DefaultGrace, Wake);

    /// <inheritdoc cref="StopSignal.Stopping"/>
    internal CancellationToken Stopping => _stop.Stopping;

    /// <inheritdoc cref="StopSignal.HardStop"/>
    internal CancellationToken HardStop => _stop.HardStop;

    /// <summary>Receives the log messages of the library while it works for this command.</summary>
    internal AtlasCloudLog? Log { get; set; }

    /// <summary>The number of tasks that were started and have not ended.</summary>
    internal int Running
    {
        get
        {
            lock (_lock)
            {
                return _running;
            }
        }
    }

    /// <summary>Queues an action for the pipeline thread. Can be called from any thread; ignored after the stop.</summary>
    internal void Post(Action notice)
    {
        lock (_lock)
        {
            if (!_disposed && !Stopping.IsCancellationRequested)
            {
                _notices.Enqueue(notice);
                Monitor.PulseAll(_lock);
            }
        }
    }

    /// <summary>Runs the queued notices without waiting for more. A notice that throws stops the command's work.</summary>
    internal void RunNotices()
    {
        // Only the notices that are queued now, since a notice may post another one.
        int count;
        lock (_lock)
        {
            count = _notices.Count;
        }

        while (count-- > 0 && TryDequeueNotice(out Action? notice))
        {
            try
            {
                notice();
            }
            catch
            {
                // -WarningAction Stop, or a downstream command that ends the pipeline: the results are no longer wanted.
                Stop();
                throw;
            }
        }
    }

    /// <summary>Starts work in the background. <see cref="Dispose"/> waits for its end.</summary>
    /// <exception cref="OperationCanceledException">The command is stopping.</exception>
    internal Task<T> Start<T>(Func<CancellationToken, Task<T>> work)
    {
        Stopping.ThrowIfCancellationRequested();
        return Track(() =>
        {
            // The command may have been stopped before a thread became available.
            Stopping.ThrowIfCancellationRequested();
            return work(Stopping);
        });
    }

    /// <summary>Starts work that must be done even if the command is stopping, such as closing a source.</summary>
    internal Task<T> StartEvenIfStopped<T>(Func<Task<T>> work) => Track(work);

    /// <summary>Makes the pipeline thread check its condition again.</summary>
    internal void Wake()
    {
        lock (_lock)
        {
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Cancels all work and returns immediately. Can be called from any thread.</summary>
    internal void Stop()
    {
        lock (_lock)
        {
            if (_disposed || Stopping.IsCancellationRequested)
            {
                return;
            }

            _stop.Signal(hasWork: _running > 0);
            _notices.Clear();
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Stops and waits for all work, at most until the end of the grace period.</summary>
    public void Dispose()
    {
        Stop();
        lock (_lock)
        {
            while (_running > 0 && !_stop.IsGraceOver)
            {
                Monitor.Wait(_lock, _stop.RemainingGrace);
            }

            _disposed = true;
            if (_running == 0)
            {
                _stop.Dispose();
            }
            else
            {
                // The remaining work is abandoned and still uses the tokens.
                _stop.Close();
            }
        }
    }

    private bool TryDequeueNotice([NotNullWhen(true)] out Action? notice)
    {
        lock (_lock)
        {
            return _notices.TryDequeue(out notice);
        }
    }

    private Task<T> Track<T>(Func<Task<T>> work)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _running++;
        }

        AtlasCloudLog? log = Log;
        Task<T> task = Task.Run(() =>
        {
            // Set on the thread of the pool, where it flows with the work. On the pipeline thread it would affect other commands.
            using IDisposable? listening = log?.Listen();
            return work();
        });

        // Runs after the task is completed, so that a woken thread finds it completed.
        _ = task.ContinueWith(OnEnded, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return task;
    }

    private void OnEnded(Task task)
    {
        // Read, so that a failure that no caller observes is not raised as an unobserved exception.
        _ = task.Exception;
        lock (_lock)
        {
            _running--;
            Monitor.PulseAll(_lock);
        }
    }
}
