namespace AtlasCloud.Tests;

/// <summary>A settled price that is published after the result.</summary>
public sealed class LatePriceTests
{
    private static readonly StubReply s_unpriced = Some.Completed();
    private static readonly StubReply s_priced = Some.State("completed", extra: ",\"outputs\":[\"https://a/b.png\"],\"price\":\"0.07\"");

    [Fact]
    public async Task Nobody_waits_for_the_price_of_what_was_not_quoted()
    {
        StubHandler service = new StubHandler().When("/", s_unpriced, s_priced);

        Prediction finished = await WatchAsync(service, new FakeClock(), Some.Prediction());

        Assert.Null(finished.Price);
        Assert.Equal(BillingState.Unknown, finished.Charge);
        Assert.Single(service.Seen);
    }

    [Fact]
    public async Task What_was_quoted_is_kept_back_for_a_moment_until_its_price_is_there()
    {
        StubHandler service = new StubHandler().When("/", s_unpriced, s_unpriced, s_priced);

        Prediction finished = await WatchAsync(service, new FakeClock(), Quoted());

        Assert.Equal((0.07m, BillingState.Charged), (finished.Price, finished.Charge));
        Assert.Equal(0.08m, finished.Quote!.Price);
    }

    [Fact]
    public async Task It_is_handed_out_without_a_price_after_three_seconds()
    {
        FakeClock clock = new();
        DateTimeOffset start = clock.GetUtcNow();
        StubHandler service = new StubHandler().When("/", s_unpriced);

        Prediction finished = await WatchAsync(service, clock, Quoted());

        Assert.Null(finished.Price);
        Assert.InRange((clock.GetUtcNow() - start).TotalSeconds, 3, 3.1);
    }

    [Fact]
    public async Task The_time_can_be_chosen_and_then_holds_for_all()
    {
        StubHandler service = new StubHandler().When("/", [.. Enumerable.Repeat(s_unpriced, 6), s_priced]);

        Assert.Equal(0.07m, (await WatchAsync(service, new FakeClock(), Some.Prediction(), TimeSpan.FromMinutes(1))).Price);
    }

    [Fact]
    public async Task No_time_at_all_can_be_chosen_too()
    {
        StubHandler service = new StubHandler().When("/", s_unpriced, s_priced);

        Assert.Null((await WatchAsync(service, new FakeClock(), Quoted(), TimeSpan.Zero)).Price);
    }

    [Fact]
    public async Task A_result_is_not_lost_when_the_question_for_its_price_is_refused()
    {
        StubHandler service = new StubHandler().When("/", s_unpriced, Fixture.Reply("errors/403-forbidden.json"));

        Assert.Equal(PredictionState.Succeeded, (await WatchAsync(service, new FakeClock(), Quoted())).State);
    }

    [Fact]
    public async Task What_came_finished_from_its_submit_is_asked_for_its_price_too()
    {
        StubHandler service = new StubHandler().When("/", s_priced);

        Assert.Equal(0.07m, (await WatchAsync(service, new FakeClock(), Quoted() with { State = PredictionState.Succeeded })).Price);
    }

    [Fact]
    public async Task A_price_can_be_looked_up_afterwards_and_its_absence_is_no_error()
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
