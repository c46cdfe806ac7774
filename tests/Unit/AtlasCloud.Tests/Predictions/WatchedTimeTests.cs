namespace AtlasCloud.Tests;

/// <summary>A wait ends when its time is up, whatever happens to clocks, machine and process meanwhile: never early, and never not at all.</summary>
public sealed class WatchedTimeTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_night = TimeSpan.FromHours(8);

    private readonly FakeClock _clock = new();

    public static TheoryData<int> Hours => [1, -1, 72, -72, 24 * 365];

    [Theory]
    [MemberData(nameof(Hours))]
    public async Task A_wall_clock_that_is_set_ends_no_wait_early_and_none_late(int hours)
    {
        long start = _clock.GetTimestamp();
        StubHandler service = new StubHandler().When("/", Some.State("processing"));

        WatchResult result = await WatchAsync(service, afterFirst: () => _clock.SetWall(TimeSpan.FromHours(hours)));

        Assert.Equal(AtlasCloudErrorKind.PredictionTimedOut, result.Failure?.Kind);
        Assert.InRange(_clock.GetElapsedTime(start), s_limit, s_limit + TimeSpan.FromSeconds(1));
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public async Task A_wall_clock_that_is_set_makes_no_fresh_id_an_unknown_one(int hours)
    {
        StubReply missing = Fixture.Reply("prediction/not-found-404.json");
        StubHandler service = Some.Service()
            .When("/model/generateImage", Fixture.Reply("submit/image-processing.json"))
            .When("/model/prediction/", missing, missing, Some.Completed());
        AtlasCloudClient client = Some.Client(service, _clock);

        Prediction made = await client.Predictions.CreateAsync(Some.Request(), GenerationKind.Image);
        _clock.SetWall(TimeSpan.FromHours(hours));

        Assert.Equal(PredictionState.Succeeded, (await client.Predictions.WaitAsync(made)).State);
    }

    [Fact]
    public async Task A_wall_clock_that_is_set_back_keeps_no_unknown_id_fresh()
    {
        StubHandler service = Some.Service()
            .When("/model/generateImage", Fixture.Reply("submit/image-processing.json"))
            .When("/model/", Fixture.Reply("prediction/not-found-404.json"));
        AtlasCloudClient client = Some.Client(service, _clock);
        Prediction made = await client.Predictions.CreateAsync(Some.Request(), GenerationKind.Image);
        long start = _clock.GetTimestamp();

        _clock.SetWall(TimeSpan.FromHours(-1));
        AtlasCloudException lost = await Assert.ThrowsAsync<AtlasCloudException>(() => client.Predictions.WaitAsync(made));

        Assert.Equal(AtlasCloudErrorKind.PredictionNotFound, lost.Kind);
        Assert.InRange(_clock.GetElapsedTime(start), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task After_a_sleep_between_two_polls_it_is_asked_for_once_more_before_the_limit_counts()
    {
        StubHandler service = new(Some.State("processing"), Some.Completed());

        Assert.Equal(PredictionState.Succeeded, (await WatchAsync(service, Sleep)).Prediction.State);
    }

    [Fact]
    public async Task A_poll_that_the_sleep_cut_off_is_made_again_at_once()
    {
        StubHandler service = new(StubReply.Silence(() => _clock.Advance(s_night)), Some.Completed());
        long start = _clock.GetTimestamp();

        Assert.Equal(PredictionState.Succeeded, (await WatchAsync(service)).Prediction.State);
        Assert.InRange(_clock.GetElapsedTime(start), s_night, s_night + TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_network_that_wakes_up_after_the_machine_costs_no_result()
    {
        StubReply away = StubReply.Fault(HttpRequestError.NameResolutionError);
        StubHandler service = new(Some.State("processing"), away, away, Some.Completed());

        Assert.Equal(PredictionState.Succeeded, (await WatchAsync(service, Sleep)).Prediction.State);
    }

    [Fact]
    public async Task A_network_that_stays_away_after_a_sleep_ends_the_wait_soon()
    {
        StubHandler service = new StubHandler().When("/", Some.State("processing"), StubReply.Fault(HttpRequestError.NameResolutionError));
        long start = _clock.GetTimestamp();

        WatchResult result = await WatchAsync(service, Sleep);

        Assert.Equal(AtlasCloudErrorKind.PredictionTimedOut, result.Failure?.Kind);
        Assert.InRange(_clock.GetElapsedTime(start), s_night + TimeSpan.FromSeconds(30), s_night + TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task One_that_still_runs_after_a_sleep_has_had_its_time()
    {
        StubHandler service = new StubHandler().When("/", Some.State("processing"));

        Assert.Equal(AtlasCloudErrorKind.PredictionTimedOut, (await WatchAsync(service, Sleep)).Failure?.Kind);
        Assert.Equal(2, service.Seen.Count);
    }

    [Fact]
    public async Task A_service_that_never_answers_ends_the_wait_too()
    {
        long start = _clock.GetTimestamp();
        StubHandler service = new StubHandler().When("/", StubReply.Silence(() => _clock.Advance(TimeSpan.FromSeconds(61))));

        Assert.Equal(AtlasCloudErrorKind.PredictionTimedOut, (await WatchAsync(service)).Failure?.Kind);
        Assert.InRange(_clock.GetElapsedTime(start), s_limit, s_limit + TimeSpan.FromMinutes(2));
    }

    private void Sleep() => _clock.Advance(s_night);

    private async Task<WatchResult> WatchAsync(StubHandler service, Action? afterFirst = null)
    {
        WatchOptions settings = new() { Timeout = s_limit, OnPolled = _ => Interlocked.Exchange(ref afterFirst, null)?.Invoke() };
        PredictionWatcher watcher = Some.Client(service, _clock).Predictions.CreateWatcher(settings);
        watcher.Add(Some.Prediction());
        watcher.Complete();
        await watcher.RunAsync(Some.NoStop);
        Assert.True(watcher.Finished.TryRead(out WatchResult? result));
        return result;
    }
}
