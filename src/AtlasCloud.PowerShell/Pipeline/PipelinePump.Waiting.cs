namespace AtlasCloud.PowerShell.Pipeline;

/// <content>The waits of the pipeline thread.</content>
internal sealed partial class PipelinePump
{
    /// <summary>Runs work, and notices while it waits. Returns the result or throws the exception of the work.</summary>
    /// <remarks>
    /// A stop cancels the work and does not end the wait directly, so that a billable request can still return its ID. Work that ignores the
    /// cancellation is abandoned at the end of the grace period.
    /// </remarks>
    internal T Run<T>(Func<CancellationToken, Task<T>> work) => GetResult(Start(work));

    /// <summary>Waits for a task that this pump has started, as <see cref="Run"/> does, and returns its result or throws its exception.</summary>
    internal T GetResult<T>(Task<T> running)
    {
        WaitUntilEvenIfStopped(() => running.IsCompleted);
        return running.GetAwaiter().GetResult();
    }

    /// <summary>Waits until a task is completed, running notices. Does not observe its outcome.</summary>
    /// <exception cref="OperationCanceledException">The command is stopping.</exception>
    internal void Wait(Task task) => WaitUntil(() => task.IsCompleted);

    /// <summary>Waits until a condition is true, running notices. Code that makes it true calls <see cref="Wake"/> afterwards.</summary>
    /// <exception cref="OperationCanceledException">The command is stopping.</exception>
    internal void WaitUntil(Func<bool> condition) => WaitUntil(condition, useGrace: false);

    /// <summary>Waits until a condition is true, as <see cref="Run"/> does: a stop ends the wait only at the end of the grace period.</summary>
    internal void WaitUntilEvenIfStopped(Func<bool> condition)
    {
        try
        {
            WaitUntil(condition, useGrace: true);
        }
        catch
        {
            // A notice threw and stopped the work, which has to end before the exception is visible to others.
            WaitForGracePeriod(condition);
            throw;
        }
    }

    /// <summary>Waits until a condition is true, at most for the grace period. Runs no notices and does not throw.</summary>
    internal void WaitForGracePeriod(Func<bool> condition)
    {
        using StopSignal.GraceTimer timer = _stop.StartGraceTimer();
        lock (_lock)
        {
            while (!condition() && !_stop.IsGraceOver && !timer.IsExpired)
            {
                Monitor.Wait(_lock, _stop.Grace);
            }
        }
    }

    private void WaitUntil(Func<bool> condition, bool useGrace)
    {
        bool isTrue;
        do
        {
            lock (_lock)
            {
                while (!(isTrue = condition()) && _notices.Count == 0)
                {
                    if (Stopping.IsCancellationRequested && (!useGrace || _stop.IsGraceOver))
                    {
                        throw new OperationCanceledException(Stopping);
                    }

                    Monitor.Wait(_lock, _stop.RemainingGrace);
                }
            }

            // Even if the condition is true, so that messages appear before the result.
            RunNotices();
        }
        while (!isTrue);
    }
}
