using System.Diagnostics.CodeAnalysis;
using AtlasCloud.Http;

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
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abandon = new();
    private readonly TimeProvider _clock;
    private readonly TimeSpan _grace;
    private ITimer? _abandonTimer;
    private ITimer? _graceTimer;
    private long _stoppedAt;
    private int _running;
    private bool _disposed;

    internal PipelinePump(TimeProvider clock, TimeSpan? grace = null)
    {
        _clock = clock;
        _grace = grace ?? DefaultGrace;
        Stopping = _stopping.Token;
        Abandon = _abandon.Token;
    }

    /// <summary>Cancelled as soon as the command is stopped. What every wait takes.</summary>
    internal CancellationToken Stopping { get; }

    /// <summary>
    /// Cancelled when the grace is nearly over. What a billable request takes once it is on the wire, so that its answer, which
    /// holds the id of what was paid for, has the rest of the second to arrive.
    /// </summary>
    internal CancellationToken Abandon { get; }

    /// <summary>Who hears the core while it works for this command.</summary>
    internal Diagnostics? Listener { get; set; }

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

    /// <summary>
    /// Enumerates an asynchronous sequence on the pipeline thread. The next item is asked for when the pipeline wants it, so
    /// back-pressure is free, and leaving the loop for any reason closes the source.
    /// </summary>
    internal IEnumerable<T> Pull<T>(IAsyncEnumerable<T> source)
    {
        CancellationTokenSource leaving = CancellationTokenSource.CreateLinkedTokenSource(Stopping);
        IAsyncEnumerator<T> items = source.GetAsyncEnumerator(leaving.Token);
        Task<bool>? moving = null;
        bool ended = false;
        try
        {
            while (true)
            {
                moving = Start(_ => items.MoveNextAsync().AsTask());
                if (!ResultOf(moving))
                {
                    break;
                }

                yield return items.Current;
            }

            ended = true;
        }
        finally
        {
            if (!ended)
            {
                _ = leaving.CancelAsync();
            }

            Task closing = Track(() => CloseAsync(items, moving, leaving));
            WaitQuietly(closing);

            // After a whole sequence a failing close is news; otherwise it would hide what made us leave.
            if (ended && closing.IsFaulted)
            {
                closing.GetAwaiter().GetResult();
            }
        }
    }

    /// <summary>
    /// The same for a sequence of many small items: a task reads ahead, and the pipeline thread takes what is there in one go
    /// instead of changing threads for each item. Not for a sequence where asking for an item costs money.
    /// </summary>
    internal IEnumerable<T> Pull<T>(IAsyncEnumerable<T> source, int readAhead)
    {
        ReadAhead<T> items = new(source, readAhead, Wake);
        Task<bool> reading = Start(items.FillAsync);
        try
        {
            do
            {
                WaitUntil(() => items.IsWantedAndThere() || reading.IsCompleted, endAtOnce: false);
                while (items.TryTake(out T? item))
                {
                    yield return item;
                }
            }
            while (!reading.IsCompleted || items.IsWantedAndThere());

            // What arrived before a fault has been handed out; now the fault.
            reading.GetAwaiter().GetResult();
        }
        finally
        {
            if (!reading.IsCompleted)
            {
                items.Leave();
                WaitQuietly(reading);
            }
        }
    }

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

            _stoppedAt = _clock.GetTimestamp();

            // The registered callbacks run on the pool: Ctrl+C must not wait for somebody's clean-up.
            _ = _stopping.CancelAsync();
            _notices.Clear();
            if (_running > 0)
            {
                TimeSpan patience = _grace * (7.0 / 9.0);
                _abandonTimer = _clock.CreateTimer(_ => LoseHope(), null, patience, Timeout.InfiniteTimeSpan);
                _graceTimer = _clock.CreateTimer(_ => Wake(), null, _grace, Timeout.InfiniteTimeSpan);
            }
            else
            {
                _ = _abandon.CancelAsync();
            }

            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Stops, and waits for all that was started, but never past the grace.</summary>
    public void Dispose()
    {
        Stop();
        lock (_gate)
        {
            while (_running > 0 && !IsGraceOver())
            {
                Monitor.Wait(_gate, GraceLeft());
            }

            _disposed = true;
            _abandonTimer?.Dispose();
            _graceTimer?.Dispose();
            if (_running > 0)
            {
                // Left to itself, and still holding the tokens: they go with it.
                _ = _abandon.CancelAsync();
                return;
            }
        }

        _stopping.Dispose();
        _abandon.Dispose();
    }

    private T ResultOf<T>(Task<T> running)
    {
        try
        {
            WaitUntil(() => running.IsCompleted, endAtOnce: false);
        }
        catch
        {
            WaitQuietly(running);
            throw;
        }

        return running.GetAwaiter().GetResult();
    }

    private void WaitUntil(Func<bool> condition, bool endAtOnce)
    {
        bool holds;
        do
        {
            lock (_gate)
            {
                while (!(holds = condition()) && _notices.Count == 0)
                {
                    if (Stopping.IsCancellationRequested && (endAtOnce || IsGraceOver()))
                    {
                        throw new OperationCanceledException(Stopping);
                    }

                    Monitor.Wait(_gate, GraceLeft());
                }
            }

            // Also when there is nothing left to wait for: what was said before the end is shown before the result.
            RunNotices();
        }
        while (!holds);
    }

    /// <summary>Waits without running notices and without throwing, at most as long as the grace.</summary>
    private void WaitQuietly(Task task)
    {
        long since = _clock.GetTimestamp();
        using ITimer timer = _clock.CreateTimer(_ => Wake(), null, _grace, Timeout.InfiniteTimeSpan);
        lock (_gate)
        {
            while (!task.IsCompleted && !IsGraceOver() && _clock.GetElapsedTime(since) < _grace)
            {
                Monitor.Wait(_gate, _grace);
            }
        }
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

        Diagnostics? listener = Listener;
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

    private static async Task<bool> CloseAsync<T>(IAsyncEnumerator<T> items, Task? moving, CancellationTokenSource leaving)
    {
        if (moving is { IsCompleted: false })
        {
            // An enumerator may not be closed while it moves. It was told to stop; if it does not listen, this waits in its stead.
            await moving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await items.DisposeAsync().ConfigureAwait(false);
        leaving.Dispose();
        return true;
    }

    private void LoseHope()
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _ = _abandon.CancelAsync();
            }
        }
    }

    private bool IsGraceOver() => Stopping.IsCancellationRequested && _clock.GetElapsedTime(_stoppedAt) >= _grace;

    /// <summary>The timer wakes a waiting thread at the end of the grace; this bound holds even when the pool is too busy to run it.</summary>
    private TimeSpan GraceLeft()
    {
        if (!Stopping.IsCancellationRequested)
        {
            return Timeout.InfiniteTimeSpan;
        }

        TimeSpan left = _grace - _clock.GetElapsedTime(_stoppedAt);
        return left > TimeSpan.FromMilliseconds(1) ? left : TimeSpan.FromMilliseconds(1);
    }
}
