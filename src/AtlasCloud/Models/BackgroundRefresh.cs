using System.Diagnostics.CodeAnalysis;
using AtlasCloud.Text;

namespace AtlasCloud.Models;

/// <summary>Reads something anew beside what the client does: one thing at a time, and without a word where it fails.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "The source has no timer and no wait handle: it holds nothing to free.")]
internal sealed class BackgroundRefresh
{
    private readonly object _lock = new();
    private CancellationTokenSource? _stop;
    private Task _running = Task.CompletedTask;

    /// <summary>Ends when what runs now has ended. It never fails.</summary>
    internal Task Running { get { lock (_lock) { return _running; } } }

    /// <summary>Starts the work, or does nothing where some runs already.</summary>
    internal void Start(Func<CancellationToken, Task> work)
    {
        lock (_lock)
        {
            if (_running.IsCompleted)
            {
                _stop?.Dispose();
                _stop = new CancellationTokenSource();
                CancellationToken stopping = _stop.Token;
                _running = Task.Run(() => RunAsync(work, stopping), CancellationToken.None);
            }
        }
    }

    /// <summary>Cancels what runs. Later work can be started all the same.</summary>
    internal void Stop()
    {
        lock (_lock)
        {
            _stop?.Cancel();
        }
    }

    private static async Task RunAsync(Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        try
        {
            await work(stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The client was closed.
        }
        catch (Exception exception)
        {
            // Nobody waits for this, so nobody is to be troubled with it.
            AtlasCloudLog.Verbose($"Reading anew in the background failed: {SafeText.Sanitize(exception.Message, length: 200)}");
        }
    }
}
