namespace AtlasCloud.Tests;

public sealed class PredictionWatcherTests
{
    [Fact]
    public async Task Each_prediction_is_handed_out_when_it_is_finished()
    {
        TaskCompletionSource quickIsOut = new();
        StubHandler service = new StubHandler()
            .When("/slow", StubReply.After(quickIsOut.Task, Some.Completed("slow")))
            .When("/quick", Some.Completed("quick"));
        PredictionWatcher watcher = Watch(service, new FakeClock());
        watcher.Add(Some.Prediction("slow"));
        watcher.Add(Some.Prediction("quick"));
        watcher.Complete();
        Task running = watcher.RunAsync(Some.NoStop);

        Assert.Equal("quick", (await watcher.Finished.ReadAsync()).Prediction.Id);
        quickIsOut.SetResult();
        Assert.Equal("slow", (await watcher.Finished.ReadAsync()).Prediction.Id);
        await running;
    }

    [Fact]
    public async Task A_thousand_predictions_are_watched_by_one_watcher()
    {
        StubHandler service = new StubHandler().When("/", Some.Completed("any"));
        PredictionWatcher watcher = Watch(service, new FakeClock());

        List<WatchResult> results = await FinishAsync(watcher, [.. Enumerable.Range(0, 1000).Select(i => Some.Prediction($"p{i}"))]);

        Assert.Equal(1000, results.Select(r => r.Prediction.Id).Distinct().Count());
        Assert.Equal((1000, 1000), watcher.Count);
    }

    [Fact]
    public async Task One_that_is_added_while_it_runs_is_watched_too()
    {
        PredictionWatcher watcher = Watch(new StubHandler().When("/", Some.Completed()), new FakeClock());
        Task running = watcher.RunAsync(Some.NoStop);

        watcher.Add(Some.Prediction());
        WatchResult result = await watcher.Finished.ReadAsync();
        watcher.Complete();
        await running;

        Assert.Equal(PredictionState.Succeeded, result.Prediction.State);
    }

    [Fact]
    public async Task One_that_is_already_finished_is_handed_out_without_being_asked_for()
    {
        StubHandler service = new();
        Prediction finished = Some.Prediction() with { State = PredictionState.Succeeded };

        Assert.Same(finished, Assert.Single(await FinishAsync(Watch(service, new FakeClock()), finished)).Prediction);
        Assert.Empty(service.Seen);
    }

    [Fact]
    public async Task An_unknown_word_is_in_flight_until_the_limit()
    {
        FakeClock clock = new();
        DateTimeOffset start = clock.GetUtcNow();
        PredictionWatcher watcher = Watch(new StubHandler().When("/", Some.State("reticulating")), clock, new WatchOptions { Timeout = TimeSpan.FromMinutes(2) });

        AtlasCloudException late = Assert.Single(await FinishAsync(watcher, Some.Prediction())).Failure!;

        Assert.Equal(AtlasCloudErrorKind.PredictionTimedOut, late.Kind);
        Assert.InRange((clock.GetUtcNow() - start).TotalSeconds, 120, 121);
        Assert.Equal((AtlasCloudErrorReason.WaitTimedOut, Some.Id), (late.Reason, late.PredictionId));
    }

    [Fact]
    public async Task A_result_that_comes_in_the_last_interval_is_not_missed()
    {
        FakeClock clock = new();
        DateTimeOffset ready = clock.GetUtcNow().AddSeconds(9);
        StubReply answer = new((request, token) => (clock.GetUtcNow() >= ready ? Some.Completed() : Some.State("processing")).AnswerAsync(request, token));
        WatchOptions settings = new() { Interval = TimeSpan.FromSeconds(6), Timeout = TimeSpan.FromSeconds(10) };

        Assert.Null(Assert.Single(await FinishAsync(Watch(new StubHandler().When("/", answer), clock, settings), Some.Prediction())).Failure);
    }

    [Fact]
    public async Task Polls_that_fail_in_between_change_nothing()
    {
        StubHandler service = new(Some.State("processing"), StubReply.Fault(HttpRequestError.ResponseEnded), Fixture.Reply("errors/502-cloudflare.html"), Some.Completed());

        Assert.Equal(PredictionState.Succeeded, Assert.Single(await FinishAsync(Watch(service, new FakeClock()), Some.Prediction())).Prediction.State);
    }

    [Fact]
    public async Task One_that_cannot_be_asked_for_does_not_hold_up_the_others()
    {
        StubHandler service = new StubHandler().When("/bad", StubReply.Json("""{"msg":"no"}""", 403)).When("/good", Some.Completed("good"));

        List<WatchResult> results = await FinishAsync(Watch(service, new FakeClock()), Some.Prediction("bad"), Some.Prediction("good"));

        Assert.Equal(["bad: PermissionDenied", "good: "], results.Select(r => $"{r.Prediction.Id}: {r.Failure?.Kind}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_fault_that_nobody_foresaw_ends_that_watch_and_no_other()
    {
        StubHandler service = new StubHandler().When("/bad", StubReply.Fault(new InvalidOperationException("odd"))).When("/good", Some.Completed("good"));

        List<WatchResult> results = await FinishAsync(Watch(service, new FakeClock()), Some.Prediction("bad"), Some.Prediction("good"));

        Assert.Equal(["bad: UnexpectedReply", "good: "], results.Select(r => $"{r.Prediction.Id}: {r.Failure?.Kind}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task No_more_polls_are_in_flight_than_allowed()
    {
        int now = 0;
        int most = 0;
        StubReply counted = new(async (request, token) =>
        {
            int running = Interlocked.Increment(ref now);
            InterlockedMax(ref most, running);
            await Task.Yield();
            Interlocked.Decrement(ref now);
            return await Some.Completed("any").AnswerAsync(request, token);
        });
        PredictionWatcher watcher = Watch(new StubHandler().When("/", counted), new FakeClock(), new WatchOptions { MaximumConcurrentPolls = 3 });

        await FinishAsync(watcher, [.. Enumerable.Range(0, 60).Select(i => Some.Prediction($"p{i}"))]);

        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task A_wish_to_stop_ends_the_watch_and_every_poll_in_flight()
    {
        using CancellationTokenSource stop = new();
        int ended = 0;
        StubReply silent = new(async (_, token) =>
        {
            stop.Cancel();
            try
            {
                await new TaskCompletionSource().Task.WaitAsync(token);
            }
            finally
            {
                Interlocked.Increment(ref ended);
            }

            throw new InvalidOperationException();
        });
        StubHandler service = new StubHandler().When("/", silent);
        PredictionWatcher watcher = Watch(service, new FakeClock());
        watcher.Add(Some.Prediction());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watcher.RunAsync(stop.Token));

        Assert.Equal(service.Seen.Count, ended);
        Assert.True(watcher.Finished.Completion.IsCompleted);
    }

    [Fact]
    public async Task One_that_was_just_submitted_is_not_asked_for_at_once()
    {
        FakeClock clock = new();
        DateTimeOffset start = clock.GetUtcNow();
        DateTimeOffset? first = null;
        StubReply answer = new((request, token) =>
        {
            first ??= clock.GetUtcNow();
            return Some.Completed().AnswerAsync(request, token);
        });

        await FinishAsync(Watch(new StubHandler().When("/", answer), clock), Some.Prediction() with { SubmittedAt = start });

        Assert.InRange((first!.Value - start).TotalSeconds, 1, 2);
    }

    [Fact]
    public async Task Every_state_that_a_poll_brings_is_told()
    {
        List<string> told = [];
        WatchOptions settings = new() { OnPolled = p => told.Add(p.Status) };

        await FinishAsync(Watch(new StubHandler(Some.State("queued"), Some.State("running"), Some.Completed()), new FakeClock(), settings), Some.Prediction());

        Assert.Equal(["queued", "running", "completed"], told);
    }

    [Fact]
    public async Task Waiting_for_one_that_fails_throws_what_became_of_it()
    {
        AtlasCloudClient client = Some.Client(new StubHandler(Fixture.Reply("prediction/failed-oom.json")));

        AtlasCloudException failed = await Assert.ThrowsAsync<AtlasCloudException>(() => client.Predictions.WaitAsync(Some.Prediction()));

        Assert.Equal(AtlasCloudErrorKind.PredictionFailed, failed.Kind);
        Assert.Contains("CUDA out of memory", failed.Message, StringComparison.Ordinal);
    }

    private static PredictionWatcher Watch(StubHandler service, FakeClock clock, WatchOptions? settings = null) =>
        Some.Client(service, clock).Predictions.CreateWatcher(settings ?? new WatchOptions());

    private static async Task<List<WatchResult>> FinishAsync(PredictionWatcher watcher, params Prediction[] predictions)
    {
        Array.ForEach(predictions, watcher.Add);
        watcher.Complete();
        await watcher.RunAsync(Some.NoStop);
        List<WatchResult> results = [];
        await foreach (WatchResult result in watcher.Finished.ReadAllAsync())
        {
            results.Add(result);
        }

        return results;
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }
}
