using System.Diagnostics.CodeAnalysis;
using AtlasCloud.Text;

namespace AtlasCloud.Background;

/// <summary>The work of one client that no caller awaits. Closing it cancels the work, waits until it has ended, and refuses to start more.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "The source has no timer and no wait handle: it holds nothing to free.")]
internal sealed class BackgroundWork : IAsyncDisposable
{
    private readonly object _lock = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly List<Task> _running = [];
    private bool _isClosed;

    /// <summary>Whether nothing can be started any more.</summary>
    internal bool IsClosed { get { lock (_lock) { return _isClosed; } } }

    /// <summary>Completes when all work that runs now has ended. It never faults.</summary>
    internal Task Idle { get { lock (_lock) { return Task.WhenAll(_running); } } }

    /// <summary>Starts work on the thread pool. A failure is reported as a verbose message.</summary>
    /// <param name="description">What the work does, for that message.</param>
    /// <param name="work">The work. Its token is cancelled when the client is disposed.</param>
    /// <returns>A task that completes when the work has ended and never faults; null once closed.</returns>
    internal Task? Start(string description, Func<CancellationToken, Task> work) =>
        Add(() => Task.Run(() => RunAsync(description, work, _closing.Token), CancellationToken.None));

    /// <summary>Lets closing wait for work that has been started already. False once closed: then the caller has to wait for it.</summary>
    internal bool TryTrack(string description, Task work) =>
        Add(() => RunAsync(description, _ => work, _closing.Token)) is not null;

    /// <summary>Cancels all work and completes when it has ended. Later calls wait as well.</summary>
    internal async Task CloseAsync()
    {
        Task idle;
        lock (_lock)
        {
            _isClosed = true;
            idle = Task.WhenAll(_running);
        }

        // Outside the lock: what hears of the cancellation runs at once, and may want to start something.
        await _closing.CancelAsync().ConfigureAwait(false);
        await idle.ConfigureAwait(false);
    }

    /// <inheritdoc cref="CloseAsync"/>
    public ValueTask DisposeAsync() => new(CloseAsync());

    private Task? Add(Func<Task> start)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return null;
            }

            Task started = start();
            _running.RemoveAll(task => task.IsCompleted);
            _running.Add(started);
            return started;
        }
    }

    private static async Task RunAsync(string description, Func<CancellationToken, Task> work, CancellationToken closing)
    {
        try
        {
            await work(closing).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            // The client was disposed.
        }
        catch (Exception exception)
        {
            // No caller awaits this, so none can handle it.
            AtlasCloudLog.Verbose($"{description} failed in the background: {SafeText.Sanitize(exception.Message, length: 200)}");
        }
    }
}
