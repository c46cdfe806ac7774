using AtlasCloud.PowerShell.Pipeline;
using Microsoft.Extensions.Time.Testing;

namespace AtlasCloud.PowerShell.Tests.Plain;

public sealed class ProgressThrottleTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly ProgressThrottle _throttle;

    public ProgressThrottleTests() => _throttle = new ProgressThrottle(_clock);

    [Fact]
    public void Report_is_suppressed_before_the_delay()
    {
        Assert.False(_throttle.ShouldShow("a"));
        _clock.Advance(TimeSpan.FromMilliseconds(499));
        Assert.False(_throttle.ShouldShow("a"));
    }

    [Fact]
    public void Reports_after_the_delay_are_limited_to_one_per_interval()
    {
        int shown = 0;
        for (int i = 0; i < 2000; i++)
        {
            shown += _throttle.ShouldShow("a") ? 1 : 0;
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(6, shown);
    }

    [Fact]
    public void Activities_are_throttled_separately()
    {
        _ = _throttle.ShouldShow("a");
        _clock.Advance(ProgressThrottle.Delay);

        Assert.True(_throttle.ShouldShow("a"));
        Assert.True(_throttle.ShouldShow("b"));
        Assert.False(_throttle.ShouldShow("b"));
    }
}
