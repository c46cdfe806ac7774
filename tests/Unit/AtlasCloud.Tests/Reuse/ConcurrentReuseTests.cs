using System.Diagnostics;
using AtlasCloud.Storage;

namespace AtlasCloud.Tests.Reuse;

/// <summary>Runs at the same time submit each request once.</summary>
public sealed class ConcurrentReuseTests : IDisposable
{
    // Time passes only when a test says so: otherwise the limit of a wait would pass at once.
    private readonly ReuseScene _scene = new(skipsDelays: false);

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task Concurrent_runs_submit_each_request_once()
    {
        string[] prompts = [.. Enumerable.Range(1, 40).Select(i => $"row {i % 30}")];

        Prediction[][] all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => RunConcurrentlyAsync(prompts))));

        Assert.Equal(40, _scene.Submits);
        Assert.All(all, run => Assert.Equal(all[0].Select(p => p.Id).Order(), run.Select(p => p.Id).Order()));
    }

    [Fact]
    public async Task Request_that_another_run_submits_is_waited_for()
    {
        TaskCompletionSource answered = new();
        TaskCompletionSource arrived = new();
        _scene.Submit = new StubReply(async (request, cancellationToken) =>
        {
            arrived.TrySetResult();
            await answered.Task;
            return await Some.Accepted().AnswerAsync(request, cancellationToken);
        });
        Task<Prediction[]> first = _scene.RunAsync("boat");
        await arrived.Task;

        Task<Prediction[]> second = _scene.RunAsync("boat");
        await WaitUntilDelayedAsync();
        answered.SetResult();
        string id = (await first)[0].Id;
        _scene.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(id, (await second)[0].Id);
        Assert.Equal((1, true), (_scene.Submits, (await second)[0].IsReused));
    }

    [Fact]
    public async Task Request_that_another_run_was_refused_is_submitted()
    {
        TaskCompletionSource answered = new();
        TaskCompletionSource arrived = new();
        _scene.Submit = new StubReply(async (request, cancellationToken) =>
        {
            arrived.TrySetResult();
            await answered.Task;
            _scene.Submit = Some.Accepted();
            return await StubReply.Json("""{"code":400,"message":"no"}""", 400).AnswerAsync(request, cancellationToken);
        });
        Task<Prediction[]> first = _scene.RunAsync("boat");
        await arrived.Task;
        Task<Prediction[]> second = _scene.RunAsync("boat");
        await WaitUntilDelayedAsync();
        answered.SetResult();

        await Assert.ThrowsAsync<AtlasCloudException>(() => first);
        _scene.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.False((await second)[0].IsReused);
        Assert.Equal(2, _scene.Submits);
    }

    [Fact]
    public async Task Wait_for_another_run_can_be_canceled()
    {
        using Process other = TestProgram.StartSleeper();
        try
        {
            await _scene.ReserveAsync(other.Id, RunningProcess.GetStart(other.Id));
            using CancellationTokenSource stop = new();
            ReuseRun run = _scene.Client().Predictions.StartReuse();
            Task<Prediction> waiting = run.CreateAsync(Some.Request(), GenerationKind.Image, new ReuseOptions(), null, null, stop.Token, stop.Token);
            await WaitUntilDelayedAsync();

            await stop.CancelAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
            Assert.Equal(1, _scene.Submits);
        }
        finally
        {
            other.Kill();
        }
    }

    [Fact]
    public async Task Wait_for_another_run_ends_with_an_error_after_its_limit()
    {
        using Process other = TestProgram.StartSleeper();
        try
        {
            await _scene.ReserveAsync(other.Id, RunningProcess.GetStart(other.Id));

            Task<AtlasCloudException> failing = _scene.FailAsync();
            await WaitUntilDelayedAsync();
            _scene.Clock.Advance(TimeSpan.FromMinutes(11));

            AtlasCloudException error = await failing;
            Assert.Equal(AtlasCloudErrorKind.SubmitOutcomeUnknown, error.Kind);
            Assert.Contains("10 minutes", error.Message, StringComparison.Ordinal);
            Assert.Equal(1, _scene.Submits);
        }
        finally
        {
            other.Kill();
        }
    }

    [Fact]
    public async Task Reservation_ends_with_its_process_and_its_task_is_searched()
    {
        await _scene.ReserveAsync(Environment.ProcessId, "another start");

        AtlasCloudException error = await _scene.FailAsync();

        Assert.Equal(AtlasCloudErrorReason.OpenEntryNotSettled, error.Reason);
        Assert.NotEmpty(_scene.Host.SeenAt("/model/history"));
        Assert.Equal(1, _scene.Submits);
    }

    [Fact]
    public async Task Turn_of_a_reused_request_does_not_end_an_order_that_stops_at_a_refusal()
    {
        await _scene.RunAsync("boat");
        ReuseRun run = _scene.Client().Predictions.StartReuse();
        SubmitOrder order = new(stopsAtRefusal: true);
        SubmitTurn[] turns = [order.TakeTurn(), order.TakeTurn()];

        Prediction reused = await run.CreateAsync(Some.Request() with { Prompt = "boat" }, GenerationKind.Image, new ReuseOptions(), null, turns[0], Some.NoStop, Some.NoStop);
        Prediction made = await run.CreateAsync(Some.Request() with { Prompt = "car" }, GenerationKind.Image, new ReuseOptions(), null, turns[1], Some.NoStop, Some.NoStop);

        Assert.Equal((true, false), (reused.IsReused, made.IsReused));
    }

    private async Task<Prediction[]> RunConcurrentlyAsync(string[] prompts)
    {
        ReuseRun run = _scene.Client(clock: TimeProvider.System).Predictions.StartReuse();
        ReuseOptions options = new();
        return await Task.WhenAll(prompts.Select(p => ReuseScene.CreateAsync(run, Some.Request() with { Prompt = p }, options)));
    }

    // The first delay of a run is its wait for the journal entry of another run.
    private Task WaitUntilDelayedAsync() => _scene.Clock.DelayBegunAsync();
}
