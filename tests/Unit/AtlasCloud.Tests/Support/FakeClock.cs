using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace AtlasCloud.Tests;

/// <summary>
/// A clock that stands still until a test advances it. Delays are recorded and, unless the test wants them to wait, pass at once and
/// move the time on; limits (the timers of cancellation sources) do not start a delay's passing.
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

    /// <summary>Whether delays pass at once; otherwise they too wait until the test advances the clock.</summary>
    internal bool SkipsDelays { get; init; } = true;

    /// <summary>The delays that were asked for, in their order.</summary>
    internal IReadOnlyList<TimeSpan> Delays { get { lock (_gate) { return [.. _delays]; } } }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Set;

    // The base class counts its timestamps by what the wall clock shows.
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
                // Not on this thread: who starts the delay has not begun to wait for it.
                ThreadPool.QueueUserWorkItem(_ => Advance(dueTime));
            }
        }

        return timer;
    }

    /// <summary>Waits until the code under test has begun its next delay.</summary>
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
