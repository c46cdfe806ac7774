namespace AtlasCloud.Tests;

public sealed class PredictionWatcherReadAllTests
{
    [Fact]
    public async Task ReadAllAsync_returns_each_prediction_and_ends_after_the_last()
    {
        StubHandler service = new StubHandler().When("/good", Some.Completed("good")).When("/bad", StubReply.Json("""{"msg":"no"}""", 403));
        PredictionWatcher watcher = Create(service, new FakeClock(), "good", "bad");
        watcher.Complete();
        List<string> results = [];

        await foreach (WatchResult result in watcher.ReadAllAsync())
        {
            results.Add($"{result.Prediction.Id}: {result.Failure?.Kind}");
        }

        Assert.Equal(["bad: PermissionDenied", "good: "], results.Order(StringComparer.Ordinal));
        Assert.Equal((2, 2), (watcher.AddedCount, watcher.FinishedCount));
    }

    [Fact]
    public async Task ReadAllAsync_stops_polling_when_the_enumeration_ends_early()
    {
        StubHandler service = new StubHandler().When("/good", Some.Completed("good")).When("/slow", Some.State("processing"));
        PredictionWatcher watcher = Create(service, new FakeClock { SkipsDelays = false }, "good", "slow");

        await foreach (WatchResult result in watcher.ReadAllAsync())
        {
            Assert.Equal("good", result.Prediction.Id);
            break;
        }

        Assert.True(watcher.Finished.Completion.IsCompleted);
    }

    [Fact]
    public async Task ReadAllAsync_throws_when_it_is_canceled()
    {
        using CancellationTokenSource stop = new();
        StubHandler service = new StubHandler().When("/", new StubReply((request, token) =>
        {
            stop.Cancel();
            return Some.State("processing").AnswerAsync(request, token);
        }));
        PredictionWatcher watcher = Create(service, new FakeClock(), "slow");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await watcher.ReadAllAsync(stop.Token).GetAsyncEnumerator().MoveNextAsync());
    }

    private static PredictionWatcher Create(StubHandler service, FakeClock clock, params string[] ids)
    {
        PredictionWatcher watcher = Some.Client(service, clock).Predictions.CreateWatcher();
        foreach (string id in ids)
        {
            watcher.Add(Some.Prediction(id));
        }

        return watcher;
    }
}
