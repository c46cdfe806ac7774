using System.Diagnostics;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace AtlasCloud.PowerShell.Tests.Plain;

public sealed class PipelinePumpTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly PipelinePump _pump;

    public PipelinePumpTests() => _pump = new PipelinePump(_clock);

    public void Dispose() => _pump.Dispose();

    [Fact]
    public void Work_gives_its_result()
    {
        Assert.Equal(7, _pump.Run(async _ =>
        {
            await Task.Yield();
            return 7;
        }));
    }

    [Fact]
    public void A_fault_comes_out_as_it_was_thrown()
    {
        AtlasCloudException thrown = Assert.Throws<AtlasCloudException>(() => _pump.Run<int>(async _ =>
        {
            await Task.Yield();
            throw new AtlasCloudException(AtlasCloudErrorKind.RateLimited, "slow down");
        }));

        Assert.Equal(AtlasCloudErrorKind.RateLimited, thrown.Kind);
    }

    [Fact]
    public void Notices_run_on_the_waiting_thread_and_before_the_result()
    {
        List<(int Thread, string Text)> seen = [];
        void Say(string text) => _pump.Post(() => seen.Add((Environment.CurrentManagedThreadId, text)));

        _pump.Run(async _ =>
        {
            Say("first");
            await Task.Yield();
            Say("last");
            return 0;
        });

        Assert.Equal([(Environment.CurrentManagedThreadId, "first"), (Environment.CurrentManagedThreadId, "last")], seen);
    }

    [Fact]
    public void Notices_are_run_without_waiting_for_more()
    {
        int runs = 0;
        void Again()
        {
            runs++;
            _pump.Post(Again);
        }

        _pump.Post(Again);
        _pump.RunNotices();

        Assert.Equal(1, runs);
    }

    [Fact]
    public void A_notice_may_itself_wait_for_work()
    {
        int inner = 0;
        int outer = _pump.Run(async _ =>
        {
            TaskCompletionSource noticed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _pump.Post(() =>
            {
                inner = _pump.Run(_ => Task.FromResult(1));
                noticed.SetResult();
            });
            await noticed.Task;
            return 2;
        });

        Assert.Equal((1, 2), (inner, outer));
    }

    [Fact]
    public void A_notice_may_set_off_a_downstream_command_with_a_pump_of_its_own()
    {
        using PipelinePump downstream = new(_clock);
        List<int> written = [];

        _pump.Run(async _ =>
        {
            _pump.Post(() => written.AddRange(downstream.Pull(new Source(3).Items())));
            await Task.Yield();
            return 0;
        });

        Assert.Equal([0, 1, 2], written);
    }

    [Fact]
    public void A_stop_while_waiting_ends_the_wait()
    {
        Assert.ThrowsAny<OperationCanceledException>(() => _pump.Run(async stopping =>
        {
            _pump.Stop();
            await Source.ForEver(stopping);
            return 0;
        }));
    }

    [Fact]
    public void A_notice_that_throws_cancels_the_work_and_waits_for_it()
    {
        bool ended = false;

        Assert.Throws<InvalidTimeZoneException>(() => _pump.Run(async stopping =>
        {
            _pump.Post(() => throw new InvalidTimeZoneException("enough"));
            try
            {
                await Source.ForEver(stopping);
            }
            finally
            {
                ended = true;
            }

            return 0;
        }));

        Assert.True(ended);
        Assert.True(_pump.Stopping.IsCancellationRequested);
    }

    [Fact]
    public void A_notice_posted_before_the_stop_is_not_run_after_it()
    {
        _pump.Post(() => Assert.Fail("nobody listens any more"));
        _pump.Stop();
        _pump.Post(() => Assert.Fail("nor now"));
        _pump.RunNotices();
    }

    [Fact]
    public void Nothing_new_is_started_once_stopped()
    {
        _pump.Stop();

        Assert.ThrowsAny<OperationCanceledException>(() => _pump.Run(_ => Task.FromResult(1)));
        Assert.ThrowsAny<OperationCanceledException>(() => _pump.Pull(new Source(1).Items()).ToArray());
    }

    [Fact]
    public void A_submit_on_the_wire_delivers_its_id_after_a_stop()
    {
        string id = _pump.Run(async _ =>
        {
            _pump.Stop();
            await Task.Yield();
            _pump.Abandon.ThrowIfCancellationRequested();
            return "id";
        });

        Assert.Equal("id", id);
    }

    [Fact]
    public void A_submit_on_the_wire_is_given_up_when_the_grace_is_nearly_over()
    {
        Task<int> submit = _pump.Start(async _ =>
        {
            await Source.ForEver(_pump.Abandon);
            return 0;
        });
        _pump.Stop();

        _clock.Advance(TimeSpan.FromMilliseconds(699));
        Assert.False(_pump.Abandon.IsCancellationRequested);

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(_pump.Abandon.IsCancellationRequested);
        _pump.Dispose();
        Assert.True(submit.IsCanceled);
    }

    [Fact]
    public void Work_that_does_not_listen_is_left_when_the_grace_is_over()
    {
        TaskCompletionSource<int> deaf = new();

        Assert.ThrowsAny<OperationCanceledException>(() => _pump.Run(_ =>
        {
            _pump.Stop();
            _clock.Advance(PipelinePump.DefaultGrace);
            return deaf.Task;
        }));

        deaf.SetResult(0);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void A_command_ends_within_a_second_whatever_its_work_does()
    {
        TaskCompletionSource<int> deaf = new();
        PipelinePump pump = new(TimeProvider.System);
        using ManualResetEventSlim begun = new();
        _ = pump.Start(_ =>
        {
            begun.Set();
            return deaf.Task;
        });
        begun.Wait();
        Stopwatch time = Stopwatch.StartNew();

        pump.Dispose();

        // The grace is 900 ms; a busy machine may be late in waking us.
        Assert.InRange(time.ElapsedMilliseconds, 850, 1200);
        deaf.SetResult(0);
    }

    [Fact]
    public void The_end_of_a_command_leaves_no_task_behind()
    {
        int ended = 0;
        using CountdownEvent begun = new(50);
        for (int i = 0; i < 50; i++)
        {
            _pump.Start(async stopping =>
            {
                begun.Signal();
                try
                {
                    await Source.ForEver(stopping);
                }
                finally
                {
                    Interlocked.Increment(ref ended);
                }

                return 0;
            });
        }

        begun.Wait();
        _pump.Dispose();

        Assert.Equal(0, _pump.Running);
        Assert.Equal(50, ended);
    }

    [Fact]
    public void After_the_end_nothing_throws()
    {
        _pump.Dispose();

        _pump.Post(() => Assert.Fail("too late"));
        _pump.RunNotices();
        _pump.Stop();
        _pump.Dispose();
    }

    [Fact]
    public void Waiting_for_one_of_several_ends_with_the_first()
    {
        TaskCompletionSource<int> never = new();
        Task<int> slow = _pump.Start(_ => never.Task);
        Task<int> quick = _pump.Start(_ => Task.FromResult(1));

        _pump.WaitAny([slow, quick]);

        Assert.True(quick.IsCompleted);
        Assert.False(slow.IsCompleted);
        never.SetResult(0);
    }

    [Fact]
    public void The_listener_hears_the_work_and_not_the_thread_that_waits()
    {
        List<string> heard = [];
        _pump.Listener = new AtlasCloudLog((_, message) => _pump.Post(() => heard.Add(message)));

        _pump.Run(async _ =>
        {
            AtlasCloudLog.Verbose("started");
            await Task.Yield();
            AtlasCloudLog.Verbose("went on");
            return 0;
        });
        AtlasCloudLog.Verbose("another command");
        _pump.RunNotices();

        Assert.Equal(["started", "went on"], heard);
    }
}
