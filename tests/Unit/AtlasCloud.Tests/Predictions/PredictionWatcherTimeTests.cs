namespace AtlasCloud.Tests;

/// <summary>Timeouts of a wait are reliable when the system time changes, the machine sleeps or the network is down.</summary>
public sealed class PredictionWatcherTimeTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_night = TimeSpan.FromHours(8);

    private readonly FakeClock _clock = new();

    public static TheoryData<int> Hours => [1, -1, 72, -72, 24 * 365];

    [Theory]
    [MemberData(nameof(Hours))]
    public async Task Timeout_is_not_affected_by_changes_of_the_system_time(int hours)
    {
        long start = _clock.GetTimestamp();
        StubHandler service = new StubHandler().When("/", Some.State("processing"));

        WatchResult result = await WatchAsync(service, afterFirst: () => _clock.SetWall(TimeSpan.FromHours(hours)));

        Assert.Equal(AtlasCloudErrorKind.PredictionTimedOut, result.Failure?.Kind);
        Assert.InRange(_clock.GetElapsedTime(start), s_limit, s_limit + TimeSpan.FromSeconds(1));
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public async Task New_prediction_is_not_reported_as_unknown_after_a_change_of_the_system_time(int hours)
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
    public async Task Unknown_prediction_is_reported_although_the_system_time_was_set_back()
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
    public async Task Prediction_is_polled_once_more_after_the_machine_slept_past_the_timeout()
    {
        StubHandler service = new(Some.State("processing"), Some.Completed());

        Assert.Equal(PredictionState.Succeeded, (await WatchAsync(service, Sleep)).Prediction.State);
    }

    [Fact]
    public async Task Poll_interrupted_by_sleep_is_repeated_immediately()
    {
        StubHandler service = new(StubReply.Silence(() => _clock.Advance(s_night)), Some.Completed());
        long start = _clock.GetTimestamp();

        Assert.Equal(PredictionState.Succeeded, (await WatchAsync(service)).Prediction.State);
        Assert.InRange(_clock.GetElapsedTime(start), s_night, s_night + TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Network_that_recovers_after_sleep_does_not_cost_the_result()
    {
        StubReply away = StubReply.Fault(HttpRequestError.NameResolutionError);
        StubHandler service = new(Some.State("processing"), away, away, Some.Completed());

        Assert.Equal(PredictionState.Succeeded, (await WatchAsync(service, Sleep)).Prediction.State);
    }

    [Fact]
    public async Task Wait_times_out_soon_after_sleep_if_the_network_does_not_recover()
    {
        StubHandler service = new StubHandler().When("/", Some.State("processing"), StubReply.Fault(HttpRequestError.NameResolutionError));
        long start = _clock.GetTimestamp();

        WatchResult result = await WatchAsync(service, Sleep);

        Assert.Equal(AtlasCloudErrorKind.PredictionTimedOut, result.Failure?.Kind);
        Assert.InRange(_clock.GetElapsedTime(start), s_night + TimeSpan.FromSeconds(30), s_night + TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Wait_times_out_if_the_prediction_is_still_in_flight_after_sleep()
    {
        StubHandler service = new StubHandler().When("/", Some.State("processing"));

        Assert.Equal(AtlasCloudErrorKind.PredictionTimedOut, (await WatchAsync(service, Sleep)).Failure?.Kind);
        Assert.Equal(2, service.Seen.Count);
    }

    [Fact]
    public async Task Wait_times_out_if_the_service_never_responds()
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
