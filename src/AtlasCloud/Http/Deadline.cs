namespace AtlasCloud.Http;

/// <summary>A time limit beside the caller's own wish to stop, so that the two can be told apart afterwards.</summary>
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

    /// <summary>Now, to be given to <see cref="Since"/> later.</summary>
    internal long Timestamp => _clock.GetTimestamp();

    /// <summary>How long ago that was.</summary>
    internal TimeSpan Since(long timestamp) => _clock.GetElapsedTime(timestamp);

    /// <summary>Gives the full time once more, because something moved.</summary>
    internal void Restart() => _timer.CancelAfter(_limit);

    public void Dispose()
    {
        _either.Dispose();
        _timer.Dispose();
    }
}
