using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace AtlasCloud.PowerShell.Tests.Plain;

public sealed class PipelinePullTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly PipelinePump _pump;

    public PipelinePullTests() => _pump = new PipelinePump(_clock);

    public static TheoryData<int> BothWays => [0, 4];

    public void Dispose() => _pump.Dispose();

    [Theory, MemberData(nameof(BothWays))]
    public void Pull_returns_all_items_in_order(int readAhead)
    {
        Source source = new(500);

        Assert.Equal(Enumerable.Range(0, 500), Pull(source, readAhead));
        Assert.True(source.Closed.IsCompleted);
        Assert.Equal(0, _pump.Running);
    }

    [Theory, MemberData(nameof(BothWays))]
    public void Source_is_closed_when_the_loop_ends_early(int readAhead)
    {
        Source source = new(1) { Then = Source.ForEver };

        Assert.Equal(0, Pull(source, readAhead).First());

        Assert.True(source.Closed.IsCompleted);
        Assert.False(_pump.Stopping.IsCancellationRequested);
        Assert.Equal(0, _pump.Running);
    }

    [Theory, MemberData(nameof(BothWays))]
    public void Source_is_closed_when_the_consumer_throws(int readAhead)
    {
        Source source = new(3) { Then = Source.ForEver };

        Assert.Throws<InvalidTimeZoneException>(() =>
        {
            foreach (int _ in Pull(source, readAhead))
            {
                throw new InvalidTimeZoneException("downstream");
            }
        });

        Assert.True(source.Closed.IsCompleted);
    }

    [Theory, MemberData(nameof(BothWays))]
    public void Items_before_an_exception_are_returned_first(int readAhead)
    {
        Source source = new(3) { Then = _ => throw new InvalidTimeZoneException("upstream") };
        List<int> seen = [];

        Assert.Throws<InvalidTimeZoneException>(() =>
        {
            foreach (int item in Pull(source, readAhead))
            {
                seen.Add(item);
            }
        });

        Assert.Equal([0, 1, 2], seen);
        Assert.True(source.Closed.IsCompleted);
    }

    [Theory, MemberData(nameof(BothWays))]
    public void Source_is_closed_when_a_wait_for_an_item_is_stopped(int readAhead)
    {
        Source source = new(0)
        {
            Then = stopping =>
            {
                _pump.Stop();
                return Source.ForEver(stopping);
            },
        };

        Assert.ThrowsAny<OperationCanceledException>(() => Pull(source, readAhead).ToArray());
        Assert.True(source.Closed.IsCompleted);
    }

    [Theory, MemberData(nameof(BothWays))]
    public void Source_is_closed_when_a_notice_throws(int readAhead)
    {
        Source source = new(0)
        {
            Then = stopping =>
            {
                _pump.Post(() => throw new InvalidTimeZoneException("-WarningAction Stop"));
                return Source.ForEver(stopping);
            },
        };

        Assert.Throws<InvalidTimeZoneException>(() => Pull(source, readAhead).ToArray());
        Assert.True(source.Closed.IsCompleted);
    }

    [Fact]
    public void Exception_of_the_consumer_takes_precedence_over_a_failing_close()
    {
        Source source = new(2) { ThrownByClose = new IOException("close") };

        Assert.Throws<InvalidTimeZoneException>(() =>
        {
            foreach (int _ in _pump.Pull(source.Items()))
            {
                throw new InvalidTimeZoneException("downstream");
            }
        });
    }

    [Fact]
    public async Task Source_that_ignores_cancellation_is_abandoned_after_the_grace_period()
    {
        TaskCompletionSource deaf = new();
        Source source = new(0)
        {
            Then = _ =>
            {
                _pump.Stop();
                _clock.Advance(PipelinePump.DefaultGrace);
                return deaf.Task;
            },
        };

        Assert.ThrowsAny<OperationCanceledException>(() => _pump.Pull(source.Items()).ToArray());

        // It is closed as soon as it lets itself be closed, and not while it still moves.
        Assert.False(source.Closed.IsCompleted);
        deaf.SetResult();
        await source.Closed.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void Item_is_not_requested_before_it_is_needed()
    {
        Source source = new(10);

        foreach (int item in _pump.Pull(source.Items()))
        {
            Assert.Equal(item + 1, source.Given);
        }
    }

    [Fact]
    public void Read_ahead_stays_within_its_limit()
    {
        Source source = new(100);

        foreach (int item in _pump.Pull(source.Items(), readAhead: 4))
        {
            // Four lie ready, and one is in the hand of the reading task.
            Assert.InRange(source.Given, item + 1, item + 6);
        }
    }

    private IEnumerable<int> Pull(Source source, int readAhead) =>
        readAhead == 0 ? _pump.Pull(source.Items()) : _pump.Pull(source.Items(), readAhead);
}
