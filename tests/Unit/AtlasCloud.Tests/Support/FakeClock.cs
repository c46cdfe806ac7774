using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace AtlasCloud.Tests;

/// <summary>
/// A clock that does not advance by itself. Delays are recorded and by default pass immediately, which advances the clock;
/// timeouts (timers of cancellation sources) do not advance it.
/// </summary>
internal sealed class FakeClock : FakeTimeProvider
{
    private readonly object _gate = new();
    private readonly List<TimeSpan> _delays = [];
    private readonly Channel<TimeSpan> _begun = Channel.CreateUnbounded<TimeSpan>();
    private TimeSpan _set;

    public FakeClock()
        : base(new DateTimeOffset(2026, 8, 26, 9, 15, 0, TimeSpan.Zero))
    {
    }

    /// <summary>Whether delays pass immediately. If false, they wait until the test advances the clock. Default: true.</summary>
    internal bool SkipsDelays { get; init; } = true;

    /// <summary>The requested delays, in order.</summary>
    internal IReadOnlyList<TimeSpan> Delays { get { lock (_gate) { return [.. _delays]; } } }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Set;

    // The base class derives timestamps from the wall clock, which SetWall changes.
    public override long GetTimestamp() => base.GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        if (state is not CancellationTokenSource && dueTime > TimeSpan.Zero)
        {
            lock (_gate)
            {
                _delays.Add(dueTime);
            }

            _begun.Writer.TryWrite(dueTime);
            if (SkipsDelays)
            {
                // On another thread, since the caller has not started to await the delay yet.
                ThreadPool.QueueUserWorkItem(_ => Advance(dueTime));
            }
        }

        return timer;
    }

    /// <summary>Waits until the code under test starts its next delay.</summary>
    internal Task<TimeSpan> DelayBegunAsync() => _begun.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60), System);

    /// <summary>Sets the wall clock. No time passes.</summary>
    internal void SetWall(TimeSpan by)
    {
        lock (_gate)
        {
            _set += by;
        }
    }

    private TimeSpan Set { get { lock (_gate) { return _set; } } }
}
