namespace AtlasCloud.Tests;

/// <summary>
/// A clock without waits. Delays are over at once, recorded, and move the time on; limits (the timers of cancellation sources) pass
/// only when a test says so with <see cref="Advance"/>.
/// </summary>
internal sealed class FakeClock : TimeProvider
{
    private readonly object _lock = new();
    private readonly List<FakeTimer> _timers = [];
    private readonly List<TimeSpan> _delays = [];
    private DateTimeOffset _now = new(2026, 8, 26, 9, 15, 0, TimeSpan.Zero);
    private TimeSpan _set;

    /// <summary>Whether delays are over at once; otherwise they too wait for <see cref="Advance"/>.</summary>
    internal bool SkipsDelays { get; init; } = true;

    /// <summary>The delays that were asked for, in their order.</summary>
    internal IReadOnlyList<TimeSpan> Delays { get { lock (_lock) { return [.. _delays]; } } }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() { lock (_lock) { return _now + _set; } }

    public override long GetTimestamp() { lock (_lock) { return _now.UtcTicks; } }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        FakeTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the time on and lets everything pass that falls due.</summary>
    internal void Advance(TimeSpan time)
    {
        FakeTimer[] due;
        lock (_lock)
        {
            _now += time;
            due = [.. _timers.Where(t => t.Due <= _now)];
            _timers.RemoveAll(t => t.Due <= _now);
        }

        foreach (FakeTimer timer in due)
        {
            timer.Fire();
        }
    }

    /// <summary>Somebody sets the clock on the wall. No time passes.</summary>
    internal void SetWall(TimeSpan by)
    {
        lock (_lock)
        {
            _set += by;
        }
    }

    private void Set(FakeTimer timer, TimeSpan dueTime)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
            if (dueTime < TimeSpan.Zero)
            {
                return;
            }

            if (timer.IsLimit || !SkipsDelays)
            {
                timer.Due = _now + dueTime;
                _timers.Add(timer);
                return;
            }

            _delays.Add(dueTime);
            _now += dueTime;
        }

        // Not from inside the call that makes the timer: it is not there yet for its own callback.
        ThreadPool.QueueUserWorkItem(_ => timer.Fire());
    }

    private void Remove(FakeTimer timer)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
        }
    }

    private sealed class FakeTimer(FakeClock clock, TimerCallback callback, object? state) : ITimer
    {
        internal DateTimeOffset Due { get; set; }

        internal bool IsLimit => state is CancellationTokenSource;

        internal void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.Set(this, dueTime);
            return true;
        }

        public void Dispose() => clock.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
