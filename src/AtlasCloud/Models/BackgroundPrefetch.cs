using AtlasCloud.Background;

namespace AtlasCloud.Models;

/// <summary>
/// Requests missing documents in the background while a user types, each at most once at a time. Callers wait until the request is 400 ms old: a
/// fast service then answers the first key press, and a slow one delays no later one.
/// </summary>
/// <param name="background">Runs the requests.</param>
/// <param name="clock">Measures the wait.</param>
internal sealed class BackgroundPrefetch(BackgroundWork background, TimeProvider clock)
{
    private static readonly TimeSpan s_maxWait = TimeSpan.FromMilliseconds(400);

    private readonly object _lock = new();
    private readonly Dictionary<string, (Task Work, CancellationToken WaitLimit)> _running = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Starts a request unless it is running, and waits for it for a limited time. The request continues afterwards. Never faults.</summary>
    /// <param name="key">Identifies the request.</param>
    /// <param name="work">Requests the document. Its token is cancelled when the client is disposed.</param>
    internal async Task RunAsync(string key, Func<CancellationToken, Task> work)
    {
        (Task running, CancellationToken waitLimit) = Start(key, work);
        try
        {
            await running.WaitAsync(waitLimit).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The service is slow. A later key press finds the document in the cache.
        }
    }

    private (Task Work, CancellationToken WaitLimit) Start(string key, Func<CancellationToken, Task> work)
    {
        lock (_lock)
        {
            if (_running.TryGetValue(key, out (Task Work, CancellationToken WaitLimit) running))
            {
                return running;
            }

            // The time starts before the request, so that a test that has seen the request can let it pass.
            CancellationTokenSource limit = new(s_maxWait, clock);
            if (background.Start("Requesting a document for completion", closing => RunAsync(key, work, limit, closing)) is not Task started)
            {
                limit.Dispose();
                return (Task.CompletedTask, CancellationToken.None);
            }

            return _running[key] = (started, limit.Token);
        }
    }

    private async Task RunAsync(string key, Func<CancellationToken, Task> work, CancellationTokenSource limit, CancellationToken closing)
    {
        using (limit)
        {
            try
            {
                await work(closing).ConfigureAwait(false);
            }
            finally
            {
                lock (_lock)
                {
                    _running.Remove(key);
                }
            }
        }
    }
}
