using AtlasCloud.Background;

namespace AtlasCloud.Models;

/// <summary>Refreshes cached documents in the background, one at a time. A failure is reported as a verbose message only.</summary>
internal sealed class BackgroundRefresh(BackgroundWork background)
{
    private readonly object _lock = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Whether the client was disposed, so that nothing is refreshed in the background any more.</summary>
    internal bool IsClosed => background.IsClosed;

    /// <summary>Completes when the refresh that runs now has ended. It never faults.</summary>
    internal Task Running { get { lock (_lock) { return _running; } } }

    /// <summary>Starts a refresh, unless one is running or the client was disposed.</summary>
    internal void Start(Func<CancellationToken, Task> work)
    {
        lock (_lock)
        {
            if (_running.IsCompleted)
            {
                _running = background.Start("Refreshing a cached document", work) ?? Task.CompletedTask;
            }
        }
    }
}
