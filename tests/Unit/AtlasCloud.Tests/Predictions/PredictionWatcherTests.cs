namespace AtlasCloud.Tests;

public sealed class PredictionWatcherTests
{
    [Fact]
    public async Task Each_prediction_is_returned_when_it_finishes()
    {
        TaskCompletionSource quickHasFinished = new();
        StubHandler service = new StubHandler()
            .When("/slow", StubReply.After(quickHasFinished.Task, Some.Completed("slow")))
            .When("/quick", Some.Completed("quick"));
        PredictionWatcher watcher = Watch(service, new FakeClock());
        watcher.Add(Some.Prediction("slow"));
        watcher.Add(Some.Prediction("quick"));
        watcher.Complete();
        Task running = watcher.RunAsync(Some.NoStop);

        Assert.Equal("quick", (await watcher.Finished.ReadAsync()).Prediction.Id);
        quickHasFinished.SetResult();
        Assert.Equal("slow", (await watcher.Finished.ReadAsync()).Prediction.Id);
        await running;
    }

    [Fact]
    public async Task One_watcher_watches_a_thousand_predictions()
    {
        StubHandler service = new StubHandler().When("/", Some.Completed("any"));
        PredictionWatcher watcher = Watch(service, new FakeClock());

        List<WatchResult> results = await FinishAsync(watcher, [.. Enumerable.Range(0, 1000).Select(i => Some.Prediction($"p{i}"))]);

        Assert.Equal(1000, results.Select(r => r.Prediction.Id).Distinct().Count());
        Assert.Equal((1000, 1000), (watcher.AddedCount, watcher.FinishedCount));
    }

    [Fact]
    public async Task Prediction_added_while_the_watcher_runs_is_watched()
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
    public async Task Finished_prediction_is_returned_without_a_poll()
    {
        StubHandler service = new();
        Prediction finished = Some.Prediction() with { State = PredictionState.Succeeded, Outputs = [new Output { Value = "a", Text = "a" }] };

        Assert.Same(finished, Assert.Single(await FinishAsync(Watch(service, new FakeClock()), finished)).Prediction);
        Assert.Empty(service.Seen);
    }

    [Fact]
    public async Task Unknown_status_counts_as_in_flight_until_the_timeout()
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
    public async Task Wait_without_any_response_reports_the_last_failure()
    {
        StubHandler service = new StubHandler().When("/", StubReply.Fault(HttpRequestError.ConnectionError));
        PredictionWatcher watcher = Watch(service, new FakeClock(), new WatchOptions { Timeout = TimeSpan.FromMinutes(2) });

        AtlasCloudException late = Assert.Single(await FinishAsync(watcher, Some.Prediction() with { Label = "boat" })).Failure!;

        Assert.Equal((AtlasCloudErrorKind.PredictionTimedOut, AtlasCloudErrorReason.WaitUnanswered, Some.Id), (late.Kind, late.Reason, late.PredictionId));
        AtlasCloudException cause = Assert.IsType<AtlasCloudException>(late.InnerException);
        Assert.Equal(AtlasCloudErrorKind.ConnectionFailed, cause.Kind);
        Assert.Contains(cause.Message, late.Message, StringComparison.Ordinal);
        Assert.Contains("('boat')", late.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("was still", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wait_that_lost_the_connection_reports_the_last_status_and_the_failure()
    {
        StubHandler service = new StubHandler().When("/", Some.State("processing"), Fixture.Reply("errors/502-cloudflare.html"));
        PredictionWatcher watcher = Watch(service, new FakeClock(), new WatchOptions { Timeout = TimeSpan.FromMinutes(2) });

        AtlasCloudException late = Assert.Single(await FinishAsync(watcher, Some.Prediction())).Failure!;

        Assert.Equal(AtlasCloudErrorReason.WaitUnanswered, late.Reason);
        Assert.Contains("its last known status is 'processing'", late.Message, StringComparison.Ordinal);
        Assert.Contains("502", late.InnerException!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Timeout_of_one_second_is_written_in_the_singular()
    {
        PredictionWatcher watcher = Watch(new StubHandler().When("/", Some.State("processing")), new FakeClock(), new WatchOptions { Timeout = TimeSpan.FromSeconds(1) });

        Assert.Contains("after 1 second. ", Assert.Single(await FinishAsync(watcher, Some.Prediction())).Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prediction_that_finishes_in_the_last_interval_does_not_time_out()
    {
        FakeClock clock = new();
        DateTimeOffset ready = clock.GetUtcNow().AddSeconds(9);
        StubReply answer = new((request, token) => (clock.GetUtcNow() >= ready ? Some.Completed() : Some.State("processing")).AnswerAsync(request, token));
        WatchOptions settings = new() { Interval = TimeSpan.FromSeconds(6), Timeout = TimeSpan.FromSeconds(10) };

        Assert.Null(Assert.Single(await FinishAsync(Watch(new StubHandler().When("/", answer), clock, settings), Some.Prediction())).Failure);
    }

    [Fact]
    public async Task Failed_polls_do_not_end_the_watch()
    {
        StubHandler service = new(Some.State("processing"), StubReply.Fault(HttpRequestError.ResponseEnded), Fixture.Reply("errors/502-cloudflare.html"), Some.Completed());

        Assert.Equal(PredictionState.Succeeded, Assert.Single(await FinishAsync(Watch(service, new FakeClock()), Some.Prediction())).Prediction.State);
    }

    [Fact]
    public async Task Prediction_that_cannot_be_read_does_not_delay_the_others()
    {
        StubHandler service = new StubHandler().When("/bad", StubReply.Json("""{"msg":"no"}""", 403)).When("/good", Some.Completed("good"));

        List<WatchResult> results = await FinishAsync(Watch(service, new FakeClock()), Some.Prediction("bad"), Some.Prediction("good"));

        Assert.Equal(["bad: PermissionDenied", "good: "], results.Select(r => $"{r.Prediction.Id}: {r.Failure?.Kind}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Unexpected_exception_ends_the_watch_of_that_prediction_only()
    {
        StubHandler service = new StubHandler().When("/bad", StubReply.Fault(new InvalidOperationException("odd"))).When("/good", Some.Completed("good"));

        List<WatchResult> results = await FinishAsync(Watch(service, new FakeClock()), Some.Prediction("bad"), Some.Prediction("good"));

        Assert.Equal(["bad: UnexpectedReply", "good: "], results.Select(r => $"{r.Prediction.Id}: {r.Failure?.Kind}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Concurrent_polls_do_not_exceed_MaximumPolls()
    {
        int now = 0;
        int maximum = 0;
        StubReply counted = new(async (request, token) =>
        {
            int running = Interlocked.Increment(ref now);
            InterlockedMax(ref maximum, running);
            await Task.Yield();
            Interlocked.Decrement(ref now);
            return await Some.Completed("any").AnswerAsync(request, token);
        });
        PredictionWatcher watcher = Watch(new StubHandler().When("/", counted), new FakeClock(), new WatchOptions { MaximumConcurrentPolls = 3 });

        await FinishAsync(watcher, [.. Enumerable.Range(0, 60).Select(i => Some.Prediction($"p{i}"))]);

        Assert.InRange(maximum, 1, 3);
    }

    [Fact]
    public async Task Cancellation_ends_the_watch_and_all_polls_in_flight()
    {
        using CancellationTokenSource cancellation = new();
        int ended = 0;
        StubReply silent = new(async (_, token) =>
        {
            cancellation.Cancel();
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

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watcher.RunAsync(cancellation.Token));

        Assert.Equal(service.Seen.Count, ended);
        Assert.True(watcher.Finished.Completion.IsCompleted);
    }

    [Fact]
    public async Task Prediction_that_was_just_submitted_is_polled_after_the_first_interval()
    {
        FakeClock clock = new();
        DateTimeOffset start = clock.GetUtcNow();
        DateTimeOffset? first = null;
        StubReply answer = new((request, token) =>
        {
            first ??= clock.GetUtcNow();
            return Some.Completed().AnswerAsync(request, token);
        });

        await FinishAsync(Watch(new StubHandler().When("/", answer), clock), Some.Prediction() with { SubmittedAt = start, SubmittedTimestamp = clock.GetTimestamp() });

        Assert.InRange((first!.Value - start).TotalSeconds, 1, 2);
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(0)]
    [InlineData(3600)]
    public async Task Prediction_of_another_process_is_polled_at_once_whatever_its_clock_says(int seconds)
    {
        FakeClock clock = new();
        long start = clock.GetTimestamp();
        TimeSpan? first = null;
        StubReply answer = new((request, token) =>
        {
            first ??= clock.GetElapsedTime(start);
            return Some.Completed().AnswerAsync(request, token);
        });

        await FinishAsync(Watch(new StubHandler().When("/", answer), clock), Some.Prediction() with { SubmittedAt = clock.GetUtcNow().AddSeconds(seconds) });

        Assert.Equal(TimeSpan.Zero, first);
    }

    [Fact]
    public async Task OnPolled_receives_the_state_of_each_poll()
    {
        List<string> statuses = [];
        WatchOptions settings = new() { OnPolled = p => statuses.Add(p.Status) };

        await FinishAsync(Watch(new StubHandler(Some.State("queued"), Some.State("running"), Some.Completed()), new FakeClock(), settings), Some.Prediction());

        Assert.Equal(["queued", "running", "completed"], statuses);
    }

    [Fact]
    public async Task WaitAsync_throws_PredictionFailed_with_the_services_message()
    {
        AtlasCloudClient client = Some.Client(new StubHandler(Fixture.Reply("prediction/failed-oom.json")));

        AtlasCloudException failed = await Assert.ThrowsAsync<AtlasCloudException>(() => client.Predictions.WaitAsync(Some.Prediction(Fixture.PredictionId("prediction/failed-oom.json"))));

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

    private static void InterlockedMax(ref int maximum, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref maximum)) < value && Interlocked.CompareExchange(ref maximum, value, seen) != seen)
        {
        }
    }
}
