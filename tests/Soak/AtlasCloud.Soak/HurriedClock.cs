namespace AtlasCloud.Soak;

/// <summary>
/// A clock that runs faster than the real one. The service, the worker and the next worker have the same one: waits of seconds and limits of
/// minutes keep their proportions, and a soak of an hour takes a minute.
/// </summary>
internal sealed class HurriedClock : TimeProvider
{
    private readonly DateTimeOffset _start;
    private readonly double _factor;
    private long _ahead;

    /// <param name="start">When the two clocks showed the same.</param>
    /// <param name="factor">How many seconds pass in one.</param>
    /// <param name="ahead">What the clock was set forward by.</param>
    internal HurriedClock(DateTimeOffset start, double factor, TimeSpan ahead) => (_start, _factor, _ahead) = (start, factor, ahead.Ticks);

    internal DateTimeOffset Start => _start;

    internal TimeSpan Ahead => TimeSpan.FromTicks(Interlocked.Read(ref _ahead));

    public override DateTimeOffset GetUtcNow() => _start + ((System.GetUtcNow() - _start) * _factor) + Ahead;

    public override long GetTimestamp() => (long)(base.GetTimestamp() * _factor);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new HurriedTimer(base.CreateTimer(callback, state, Real(dueTime), Real(period)), Real);

    /// <summary>Sets the clock forward, as a machine does that wakes up. Waits that have begun are not shortened.</summary>
    internal void Advance(TimeSpan time) => Interlocked.Add(ref _ahead, time.Ticks);

    private TimeSpan Real(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / _factor;

    private sealed class HurriedTimer(ITimer timer, Func<TimeSpan, TimeSpan> real) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(real(dueTime), real(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
