namespace AtlasCloud.Tests;

public sealed class WatchOptionsTests
{
    [Fact]
    public void WithDefaults_takes_missing_options_from_the_client()
    {
        AtlasCloudOptions client = new() { PollInterval = TimeSpan.FromSeconds(7), PollTimeout = TimeSpan.FromMinutes(9), ThrottleLimit = 3 };

        WatchOptions options = new WatchOptions { Timeout = TimeSpan.FromMinutes(1) }.WithDefaults(client);

        Assert.Equal((TimeSpan.FromSeconds(7), TimeSpan.FromMinutes(1), 3), (options.Interval, options.Timeout, options.MaximumConcurrentPolls));
    }

    [Fact]
    public async Task CreateWatcher_polls_at_the_interval_of_the_client_if_other_options_are_set()
    {
        FakeClock clock = new();
        AtlasCloudClient client = Some.Client(
            new StubHandler(Some.State("processing"), Some.State("processing"), Some.Completed()), clock, new AtlasCloudOptions { ApiKey = Some.Key, PollInterval = TimeSpan.FromMinutes(3) });
        long start = clock.GetTimestamp();
        PredictionWatcher watcher = client.Predictions.CreateWatcher(new WatchOptions { OnPolled = _ => { } });
        watcher.Add(Some.Prediction() with { Kind = ModelKind.Video });
        watcher.Complete();

        await watcher.RunAsync();

        // Two intervals with their jitter of 10 %.
        Assert.InRange(clock.GetElapsedTime(start), TimeSpan.FromMinutes(5.4), TimeSpan.FromMinutes(6.7));
    }

    [Fact]
    public void Options_that_would_hang_or_poll_without_pause_are_rejected()
    {
        Assert.Throws<ArgumentOutOfRangeException>(nameof(WatchOptions.Interval), () => new WatchOptions { Interval = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(nameof(WatchOptions.Timeout), () => new WatchOptions { Timeout = TimeSpan.FromSeconds(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(nameof(WatchOptions.MaximumConcurrentPolls), () => new WatchOptions { MaximumConcurrentPolls = 0 });
    }
}
