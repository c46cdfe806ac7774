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
    public void Run_returns_the_result_of_the_work()
    {
        Assert.Equal(7, _pump.Run(async _ =>
        {
            await Task.Yield();
            return 7;
        }));
    }

    [Fact]
    public void Run_throws_the_exception_of_the_work_unchanged()
    {
        AtlasCloudException thrown = Assert.Throws<AtlasCloudException>(() => _pump.Run<int>(async _ =>
        {
            await Task.Yield();
            throw new AtlasCloudException(AtlasCloudErrorKind.RateLimited, "slow down");
        }));

        Assert.Equal(AtlasCloudErrorKind.RateLimited, thrown.Kind);
    }

    [Fact]
    public void Notices_run_on_the_waiting_thread_before_the_result_is_returned()
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
    public void RunNotices_does_not_wait_for_more_notices()
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
    public void Notice_can_wait_for_other_work()
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
    public void Notice_can_run_a_downstream_command_with_another_pump()
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
    public void Stop_ends_a_wait()
    {
        Assert.ThrowsAny<OperationCanceledException>(() => _pump.Run(async stopping =>
        {
            _pump.Stop();
            await Source.ForEver(stopping);
            return 0;
        }));
    }

    [Fact]
    public void Notice_that_throws_cancels_the_work_and_waits_for_its_end()
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
    public void Notice_posted_before_a_stop_does_not_run_after_it()
    {
        _pump.Post(() => Assert.Fail("nobody listens any more"));
        _pump.Stop();
        _pump.Post(() => Assert.Fail("nor now"));
        _pump.RunNotices();
    }

    [Fact]
    public void Start_throws_after_a_stop()
    {
        _pump.Stop();

        Assert.ThrowsAny<OperationCanceledException>(() => _pump.Run(_ => Task.FromResult(1)));
        Assert.ThrowsAny<OperationCanceledException>(() => _pump.Pull(new Source(1).Items()).ToArray());
    }

    [Fact]
    public void Submit_in_flight_returns_its_ID_after_a_stop()
    {
        string id = _pump.Run(async _ =>
        {
            _pump.Stop();
            await Task.Yield();
            _pump.HardStop.ThrowIfCancellationRequested();
            return "id";
        });

        Assert.Equal("id", id);
    }

    [Fact]
    public void Submit_in_flight_is_canceled_shortly_before_the_grace_period_ends()
    {
        Task<int> submit = _pump.Start(async _ =>
        {
            await Source.ForEver(_pump.HardStop);
            return 0;
        });
        _pump.Stop();

        _clock.Advance(TimeSpan.FromMilliseconds(699));
        Assert.False(_pump.HardStop.IsCancellationRequested);

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(_pump.HardStop.IsCancellationRequested);
        _pump.Dispose();
        Assert.True(submit.IsCanceled);
    }

    [Fact]
    public void Work_that_ignores_cancellation_is_abandoned_after_the_grace_period()
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
    public void Dispose_returns_within_a_second_whatever_the_work_does()
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
    public void Dispose_leaves_no_task_running()
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
    public void Calls_after_Dispose_do_not_throw()
    {
        _pump.Dispose();

        _pump.Post(() => Assert.Fail("too late"));
        _pump.RunNotices();
        _pump.Stop();
        _pump.Dispose();
    }

    [Fact]
    public void Log_receives_messages_of_the_work_but_not_of_the_waiting_thread()
    {
        List<string> heard = [];
        _pump.Log = new AtlasCloudLog((_, message) => _pump.Post(() => heard.Add(message)));

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
