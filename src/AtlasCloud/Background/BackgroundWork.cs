using System.Diagnostics.CodeAnalysis;
using AtlasCloud.Text;

namespace AtlasCloud.Background;

/// <summary>The work of one client that no caller awaits. Closing it cancels the work, waits until it has ended, and refuses to start more.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "The token source has no timer and no wait handle, so it holds no resources.")]
internal sealed class BackgroundWork : IAsyncDisposable
{
    private readonly object _lock = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly List<Task> _running = [];
    private bool _isClosed;

    /// <summary>Whether it was closed: no work can be started any more.</summary>
    internal bool IsClosed { get { lock (_lock) { return _isClosed; } } }

    /// <summary>Completes when all current work has ended. Never faults.</summary>
    internal Task Idle { get { lock (_lock) { return Task.WhenAll(_running); } } }

    /// <summary>Starts work on the thread pool. A failure is reported as a verbose message.</summary>
    /// <param name="description">What the work does, for that message.</param>
    /// <param name="work">The work. Its token is cancelled when the client is disposed.</param>
    /// <returns>A task that completes when the work has ended and never faults; null once closed.</returns>
    internal Task? Start(string description, Func<CancellationToken, Task> work) =>
        Add(() => Task.Run(() => RunAsync(description, work, _closing.Token), CancellationToken.None));

    /// <summary>Makes closing wait for work that was started elsewhere.</summary>
    /// <returns>False once closed: the caller must then await the work.</returns>
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

        // Outside the lock: cancellation callbacks run synchronously and may try to start work.
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
            // No caller awaits this task, so the exception can only be logged.
            AtlasCloudLog.Verbose($"{description} failed in the background: {SafeText.Sanitize(exception.Message, length: 200)}");
        }
    }
}
