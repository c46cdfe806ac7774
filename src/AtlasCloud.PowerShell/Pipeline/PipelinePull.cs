namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>Enumerates asynchronous sequences on the pipeline thread.</summary>
internal static class PipelinePull
{
    /// <summary>
    /// Enumerates an asynchronous sequence on the pipeline thread. Each item is requested when the pipeline needs it, which provides back-pressure.
    /// Leaving the loop closes the source.
    /// </summary>
    internal static IEnumerable<T> Pull<T>(this PipelinePump pump, IAsyncEnumerable<T> source)
    {
        CancellationTokenSource leaving = CancellationTokenSource.CreateLinkedTokenSource(pump.Stopping);
        IAsyncEnumerator<T> items = source.GetAsyncEnumerator(leaving.Token);
        Task<bool>? moving = null;
        bool isComplete = false;
        try
        {
            while (true)
            {
                moving = pump.Start(_ => items.MoveNextAsync().AsTask());
                if (!pump.GetResult(moving))
                {
                    break;
                }

                yield return items.Current;
            }

            isComplete = true;
        }
        finally
        {
            Task canceling = isComplete ? Task.CompletedTask : leaving.CancelAsync();
            Task closing = pump.StartEvenIfStopped(() => CloseAsync(items, moving, canceling, leaving));
            pump.WaitForGracePeriod(() => closing.IsCompleted);

            // After an incomplete enumeration, the exception would hide the reason for leaving.
            if (isComplete && closing.IsFaulted)
            {
                closing.GetAwaiter().GetResult();
            }
        }
    }

    /// <summary>
    /// The same for many small items: a task reads ahead, and the pipeline thread takes all available items at once instead of switching threads for
    /// each. Not for sequences whose items are charged.
    /// </summary>
    internal static IEnumerable<T> Pull<T>(this PipelinePump pump, IAsyncEnumerable<T> source, int readAhead)
    {
        Prefetcher<T> items = new(source, readAhead, pump.Wake);
        Task<bool> reading = pump.Start(items.FillAsync);
        try
        {
            do
            {
                pump.WaitUntilEvenIfStopped(() => items.RequestItem() || reading.IsCompleted);
                while (items.TryTake(out T? item))
                {
                    // Notices run during waits, and a fast source causes none.
                    pump.RunNotices();
                    yield return item;
                }
            }
            while (!reading.IsCompleted || items.RequestItem());

            // Throws the exception of the source after all items that arrived before it.
            reading.GetAwaiter().GetResult();
        }
        finally
        {
            if (!reading.IsCompleted)
            {
                items.Stop();
                pump.WaitForGracePeriod(() => reading.IsCompleted);
            }
        }
    }

    private static async Task<bool> CloseAsync<T>(IAsyncEnumerator<T> items, Task? moving, Task canceling, CancellationTokenSource leaving)
    {
        if (moving is { IsCompleted: false })
        {
            // An enumerator must not be disposed while it moves. It was canceled; if it ignores that, this task waits instead of the pipeline thread.
            await moving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await items.DisposeAsync().ConfigureAwait(false);
        await canceling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        leaving.Dispose();
        return true;
    }
}
