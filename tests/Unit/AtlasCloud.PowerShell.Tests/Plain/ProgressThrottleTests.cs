using AtlasCloud.PowerShell.Pipeline;
using Microsoft.Extensions.Time.Testing;

namespace AtlasCloud.PowerShell.Tests.Plain;

public sealed class ProgressThrottleTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly ProgressThrottle _throttle;

    public ProgressThrottleTests() => _throttle = new ProgressThrottle(_clock);

    [Fact]
    public void What_is_quick_shows_nothing()
    {
        Assert.False(_throttle.ShouldShow("a"));
        _clock.Advance(TimeSpan.FromMilliseconds(499));
        Assert.False(_throttle.ShouldShow("a"));
    }

    [Fact]
    public void What_takes_longer_is_shown_a_few_times_a_second()
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
    public void Activities_do_not_hold_each_other_back()
    {
        _ = _throttle.ShouldShow("a");
        _clock.Advance(ProgressThrottle.Delay);

        Assert.True(_throttle.ShouldShow("a"));
        Assert.True(_throttle.ShouldShow("b"));
        Assert.False(_throttle.ShouldShow("b"));
    }
}
