namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>Asynchronous sequences as the pipeline thread enumerates them: it pulls, and nothing is pushed at it.</summary>
internal static class PipelinePull
{
    /// <summary>
    /// Enumerates an asynchronous sequence on the pipeline thread. The next item is asked for when the pipeline wants it, so
    /// back-pressure is free, and leaving the loop for any reason closes the source.
    /// </summary>
    internal static IEnumerable<T> Pull<T>(this PipelinePump pump, IAsyncEnumerable<T> source)
    {
        CancellationTokenSource leaving = CancellationTokenSource.CreateLinkedTokenSource(pump.Stopping);
        IAsyncEnumerator<T> items = source.GetAsyncEnumerator(leaving.Token);
        Task<bool>? moving = null;
        bool ended = false;
        try
        {
            while (true)
            {
                moving = pump.Start(_ => items.MoveNextAsync().AsTask());
                if (!pump.ResultOf(moving))
                {
                    break;
                }

                yield return items.Current;
            }

            ended = true;
        }
        finally
        {
            Task cancelling = ended ? Task.CompletedTask : leaving.CancelAsync();
            Task closing = pump.StartAnyway(() => CloseAsync(items, moving, cancelling, leaving));
            pump.WaitQuietly(() => closing.IsCompleted);

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
    internal static IEnumerable<T> Pull<T>(this PipelinePump pump, IAsyncEnumerable<T> source, int readAhead)
    {
        Prefetcher<T> items = new(source, readAhead, pump.Wake);
        Task<bool> reading = pump.Start(items.FillAsync);
        try
        {
            do
            {
                pump.WaitThroughStop(() => items.IsWantedAndThere() || reading.IsCompleted);
                while (items.TryTake(out T? item))
                {
                    // A source that is always ahead never makes us wait, and waiting is when notices are run otherwise.
                    pump.RunNotices();
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
                pump.WaitQuietly(() => reading.IsCompleted);
            }
        }
    }

    private static async Task<bool> CloseAsync<T>(IAsyncEnumerator<T> items, Task? moving, Task cancelling, CancellationTokenSource leaving)
    {
        if (moving is { IsCompleted: false })
        {
            // An enumerator may not be closed while it moves. It was told to stop; if it does not listen, this waits in its stead.
            await moving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await items.DisposeAsync().ConfigureAwait(false);
        await cancelling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        leaving.Dispose();
        return true;
    }
}
