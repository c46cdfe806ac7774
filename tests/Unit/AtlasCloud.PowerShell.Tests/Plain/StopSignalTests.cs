using AtlasCloud.PowerShell.Pipeline;
using Microsoft.Extensions.Time.Testing;

namespace AtlasCloud.PowerShell.Tests.Plain;

public sealed class StopSignalTests
{
    [Fact]
    public void Timers_are_created_before_the_stop_is_visible()
    {
        List<bool> wasVisible = [];
        StopSignal? signal = null;
        ObservedClock clock = new(() => wasVisible.Add(signal!.Stopping.IsCancellationRequested));
        using (signal = new StopSignal(clock, PipelinePump.DefaultGrace, () => { }))
        {
            signal.Signal(hasWork: true);

            Assert.Equal([false, false], wasVisible);
            Assert.True(signal.Stopping.IsCancellationRequested);
        }
    }

    private sealed class ObservedClock(Action onCreateTimer) : FakeTimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            onCreateTimer();
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
