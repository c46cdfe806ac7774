namespace AtlasCloud.Mcp;

/// <summary>The end of the server: waits end at once, requests in flight get a grace period.</summary>
internal sealed class ServerLifetime : IDisposable
{
    /// <summary>How long requests in flight may continue after the client has disconnected. Clients kill a server that needs more than 2 s.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(1.5);

    /// <summary>How long requests in flight may continue after the user has stopped the server.</summary>
    internal static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(0.6);

    /// <summary>How long the streams may take to close.</summary>
    internal static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(0.3);

    // A canceled request needs a moment to end.
    private static readonly TimeSpan s_unwinding = TimeSpan.FromSeconds(0.2);

    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _hardStop;
    private readonly TimeProvider _clock;

    internal ServerLifetime(TimeProvider clock, Action<string> log)
    {
        (_clock, Log) = (clock, log);
        _hardStop = new CancellationTokenSource();
    }

    /// <summary>Canceled when the server ends: nothing new is submitted, and no wait continues.</summary>
    internal CancellationToken Stopping => _stopping.Token;

    /// <summary>Canceled at the end of the grace period. For paid requests in flight, whose response contains the ID of what was paid for.</summary>
    internal CancellationToken HardStop => _hardStop.Token;

    /// <summary>Writes a warning for the user, not for the client.</summary>
    internal Action<string> Log { get; }

    /// <summary>Starts to end the server. Can be called from any thread, and again.</summary>
    internal void Stop() => _ = _stopping.CancelAsync();

    /// <summary>Waits for work until the end of the grace period, then cancels what is left and waits for that.</summary>
    internal async Task EndAsync(TimeSpan grace, Task work)
    {
        await Task.WhenAny(work, Task.Delay(grace, _clock)).ConfigureAwait(false);
        await _hardStop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAny(work, Task.Delay(s_unwinding, _clock)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Dispose();
        _hardStop.Dispose();
    }
}
