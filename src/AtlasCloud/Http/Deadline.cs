namespace AtlasCloud.Http;

/// <summary>A timeout combined with the caller's cancellation, so that the two can be distinguished afterwards.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _either;

    internal Deadline(TimeSpan limit, TimeProvider clock, CancellationToken cancellationToken)
    {
        _limit = limit;
        _clock = clock;
        _timer = new CancellationTokenSource(limit, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, cancellationToken);
    }

    internal CancellationToken Token => _either.Token;

    internal bool HasExpired => _timer.IsCancellationRequested;

    internal TimeSpan Limit => _limit;

    /// <summary>The current timestamp, for <see cref="Since"/>.</summary>
    internal long Timestamp => _clock.GetTimestamp();

    /// <summary>The time elapsed since a timestamp.</summary>
    internal TimeSpan Since(long timestamp) => _clock.GetElapsedTime(timestamp);

    /// <summary>Restarts the timeout, because data moved.</summary>
    internal void Restart() => _timer.CancelAfter(_limit);

    public void Dispose()
    {
        _either.Dispose();
        _timer.Dispose();
    }
}
