namespace AtlasCloud.Tests;

/// <summary>A settled price that is published after the result.</summary>
public sealed class PriceRefreshTests
{
    private static readonly StubReply s_unpriced = Some.Completed();
    private static readonly StubReply s_priced = Some.State("completed", extra: ",\"outputs\":[\"https://a/b.png\"],\"price\":\"0.07\"");

    [Fact]
    public async Task Prediction_without_a_quote_is_returned_without_waiting_for_its_price()
    {
        StubHandler service = new StubHandler().When("/", s_unpriced, s_priced);

        Prediction finished = await WatchAsync(service, new FakeClock(), Some.Prediction());

        Assert.Null(finished.Price);
        Assert.Equal(BillingState.Unknown, finished.Charge);
        Assert.Single(service.Seen);
    }

    [Fact]
    public async Task Prediction_with_a_quote_is_returned_once_its_price_is_known()
    {
        StubHandler service = new StubHandler().When("/", s_unpriced, s_unpriced, s_priced);

        Prediction finished = await WatchAsync(service, new FakeClock(), Quoted());

        Assert.Equal((0.07m, BillingState.Charged), (finished.Price, finished.Charge));
        Assert.Equal(0.08m, finished.Quote!.Price);
    }

    [Fact]
    public async Task Prediction_is_returned_without_a_price_after_three_seconds()
    {
        FakeClock clock = new();
        DateTimeOffset start = clock.GetUtcNow();
        StubHandler service = new StubHandler().When("/", s_unpriced);

        Prediction finished = await WatchAsync(service, clock, Quoted());

        Assert.Null(finished.Price);
        Assert.InRange((clock.GetUtcNow() - start).TotalSeconds, 3, 3.1);
    }

    [Fact]
    public async Task PriceTimeout_applies_to_predictions_without_a_quote()
    {
        StubHandler service = new StubHandler().When("/", [.. Enumerable.Repeat(s_unpriced, 6), s_priced]);

        Assert.Equal(0.07m, (await WatchAsync(service, new FakeClock(), Some.Prediction(), TimeSpan.FromMinutes(1))).Price);
    }

    [Fact]
    public async Task PriceTimeout_of_zero_does_not_wait_for_the_price()
    {
        StubHandler service = new StubHandler().When("/", s_unpriced, s_priced);

        Assert.Null((await WatchAsync(service, new FakeClock(), Quoted(), TimeSpan.Zero)).Price);
    }

    [Fact]
    public async Task Refused_price_refresh_does_not_lose_the_result()
    {
        StubHandler service = new StubHandler().When("/", s_unpriced, Fixture.Reply("errors/403-forbidden.json"));

        Assert.Equal(PredictionState.Succeeded, (await WatchAsync(service, new FakeClock(), Quoted())).State);
    }

    [Fact]
    public async Task Prediction_that_was_finished_on_submit_is_polled_for_its_price()
    {
        StubHandler service = new StubHandler().When("/", s_priced);

        Assert.Equal(0.07m, (await WatchAsync(service, new FakeClock(), Quoted() with { State = PredictionState.Succeeded })).Price);
    }

    [Fact]
    public async Task RefreshPriceAsync_returns_the_price_or_the_same_prediction_if_it_fails()
    {
        Prediction finished = Some.Prediction() with { State = PredictionState.Succeeded, Label = "mine" };

        Prediction priced = await Some.Client(new StubHandler(s_priced)).Predictions.RefreshPriceAsync(finished, Some.NoStop);
        Prediction refused = await Some.Client(new StubHandler(Fixture.Reply("errors/403-forbidden.json"))).Predictions.RefreshPriceAsync(finished, Some.NoStop);

        Assert.Equal((0.07m, BillingState.Charged, "mine"), (priced.Price, priced.Charge, priced.Label));
        Assert.Same(finished, refused);
    }

    private static Prediction Quoted() => Some.Prediction() with { Quote = new Quote { Price = 0.08m } };

    private static async Task<Prediction> WatchAsync(StubHandler service, FakeClock clock, Prediction prediction, TimeSpan? priceTimeout = null)
    {
        PredictionWatcher watcher = Some.Client(service, clock).Predictions.CreateWatcher(new WatchOptions { PriceTimeout = priceTimeout });
        watcher.Add(prediction);
        watcher.Complete();
        await watcher.RunAsync(Some.NoStop);
        WatchResult result = await watcher.Finished.ReadAsync();
        Assert.Null(result.Failure);
        return result.Prediction;
    }
}
