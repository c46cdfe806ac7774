using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace AtlasCloud.PowerShell.Tests.Plain;

public sealed class PipelineWorkTests : IDisposable
{
    private readonly PipelinePump _pump = new(new FakeTimeProvider());

    public void Dispose() => _pump.Dispose();

    [Fact]
    public void Two_hundred_items_are_processed_concurrently()
    {
        PipelineWork<int, int> work = new(_pump);
        TaskCompletionSource together = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int begun = 0;

        for (int i = 0; i < 200; i++)
        {
            int item = i;
            work.Add(item, async _ =>
            {
                if (Interlocked.Increment(ref begun) == 200)
                {
                    together.SetResult();
                }

                await together.Task;
                return item * 2;
            });
        }

        Assert.Equal(Enumerable.Range(0, 200), work.DrainAll().Select(result => result.Value / 2).Order());
        Assert.Equal((200, 200, 0), (work.Started, work.Finished, work.InFlight));
    }

    [Fact]
    public void Items_in_flight_do_not_exceed_the_limit()
    {
        PipelineWork<int, int> work = new(_pump, limit: 3);
        int now = 0;
        int most = 0;
        List<int> taken = [];

        for (int i = 0; i < 40; i++)
        {
            work.Add(i, async _ =>
            {
                int inFlight = Interlocked.Increment(ref now);
                lock (taken)
                {
                    most = Math.Max(most, inFlight);
                }

                await Task.Yield();
                Interlocked.Decrement(ref now);
                return 0;
            });
            taken.AddRange(work.DrainCompleted().Select(result => result.Item));
        }

        taken.AddRange(work.DrainAll().Select(result => result.Item));

        Assert.Equal(Enumerable.Range(0, 40), taken.Order());
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public void Results_are_returned_in_the_order_of_the_items_if_requested()
    {
        PipelineWork<int, int> work = new(_pump, inOrder: true);
        TaskCompletionSource[] gates = Enumerable.Range(0, 5).Select(_ => new TaskCompletionSource()).ToArray();
        for (int i = 0; i < 5; i++)
        {
            int item = i;
            work.Add(item, async _ =>
            {
                await gates[item].Task;
                return item;
            });
        }

        foreach (int last in (int[])[4, 2, 1, 3])
        {
            gates[last].SetResult();
        }

        _pump.WaitUntil(() => work.Finished == 4);
        Assert.Empty(work.DrainCompleted());
        gates[0].SetResult();
        Assert.Equal([0, 1, 2, 3, 4], work.DrainAll().Select(result => result.Value));
    }

    [Fact]
    public void Results_are_returned_in_the_order_of_completion_by_default()
    {
        PipelineWork<string, int> work = new(_pump);
        TaskCompletionSource<int> slow = new();
        work.Add("slow", _ => slow.Task);
        work.Add("quick", _ => Task.FromResult(1));
        List<string> taken = [];

        foreach (PipelineResult<string, int> result in work.DrainAll())
        {
            taken.Add(result.Item);
            slow.TrySetResult(2);
        }

        Assert.Equal(["quick", "slow"], taken);
    }

    [Fact]
    public void DrainCompleted_does_not_wait()
    {
        PipelineWork<int, int> work = new(_pump);
        TaskCompletionSource<int> slow = new();
        work.Add(1, _ => slow.Task);

        Assert.Empty(work.DrainCompleted());

        slow.SetResult(5);
        Assert.Equal(5, Assert.Single(work.DrainAll()).Value);
        Assert.Empty(work.DrainAll());
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Consumer_that_throws_loses_no_result_and_gets_none_twice(bool inOrder)
    {
        PipelineWork<int, int> work = new(_pump, inOrder: inOrder);
        for (int i = 0; i < 20; i++)
        {
            work.Add(i, _ => Task.FromResult(0));
        }

        List<int> taken = [];
        Assert.Throws<InvalidTimeZoneException>(() =>
        {
            foreach (PipelineResult<int, int> result in work.DrainAll())
            {
                taken.Add(result.Item);
                if (taken.Count == 7)
                {
                    throw new InvalidTimeZoneException("downstream");
                }
            }
        });
        taken.AddRange(work.DrainAll().Select(result => result.Item));

        Assert.Equal(Enumerable.Range(0, 20), taken.Order());
    }

    [Fact]
    public void Exception_belongs_to_its_item()
    {
        PipelineWork<string, int> work = new(_pump, inOrder: true);
        work.Add("bad", _ => throw new InvalidTimeZoneException("before the first await"));
        work.Add("good", _ => Task.FromResult(1));

        PipelineResult<string, int>[] results = work.DrainAll().ToArray();

        Assert.Equal(["bad", "good"], results.Select(result => result.Item));
        Assert.Equal([false, true], results.Select(result => result.Succeeded));
        Assert.Throws<InvalidTimeZoneException>(() => results[0].Value);
    }

    [Fact]
    public void Notices_run_while_waiting_for_a_slot()
    {
        PipelineWork<int, int> work = new(_pump, limit: 1);
        TaskCompletionSource<int> held = new();
        work.Add(1, _ => held.Task);
        _pump.Post(() => held.SetResult(1));

        work.Add(2, _ => Task.FromResult(2));

        Assert.Equal([1, 2], work.DrainAll().Select(result => result.Value));
    }

    [Fact]
    public void Stop_ends_the_wait_for_a_slot_and_leaves_no_task()
    {
        PipelineWork<int, int> work = new(_pump, limit: 1);
        work.Add(1, async stopping =>
        {
            _pump.Stop();
            await Source.ForEver(stopping);
            return 0;
        });

        bool wasBegun = false;
        Assert.ThrowsAny<OperationCanceledException>(() => work.Add(2, _ =>
        {
            wasBegun = true;
            return Task.FromResult(0);
        }));

        _pump.Dispose();
        Assert.False(wasBegun);
        Assert.Equal(0, _pump.Running);
    }
}
