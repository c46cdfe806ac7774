namespace AtlasCloud.Tests;

/// <summary>What a response does not contain can follow in the next one, and what was read once is not lost.</summary>
public sealed class SecondLookTests : IDisposable
{
    private const string Price = ""","price":0.1""";

    private readonly TemporaryFolder _folder = new();
    private readonly FakeClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData(""","outputs":[]""")]
    [InlineData(""","outputs":null""")]
    public async Task Completed_prediction_whose_outputs_come_later_succeeds(string extra)
    {
        StubHandler service = new(Some.State("completed", extra: extra), Some.Completed());

        Prediction finished = await Some.Client(service, _clock).Predictions.WaitAsync(Some.Prediction());

        Assert.Single(finished.Outputs);
    }

    [Fact]
    public async Task Completed_prediction_that_never_gets_outputs_fails_after_the_second_look()
    {
        StubHandler service = new StubHandler().When("/", Some.State("completed"));

        AtlasCloudException failed = await Assert.ThrowsAsync<AtlasCloudException>(() => Some.Client(service, _clock).Predictions.WaitAsync(Some.Prediction()));

        Assert.Equal(AtlasCloudErrorKind.PredictionFailed, failed.Kind);
        Assert.Equal(2, service.Seen.Count);
    }

    [Fact]
    public async Task Completed_prediction_whose_outputs_come_later_is_read_again_by_GetAsync()
    {
        StubHandler service = new(Some.State("completed"), Some.Completed());

        Assert.Single((await Some.Client(service, _clock).Predictions.GetAsync(Some.Id)).Outputs);
    }

    [Fact]
    public async Task Failed_prediction_whose_price_comes_later_was_charged()
    {
        StubHandler service = new(Some.State("failed"), Some.State("failed", extra: Price));

        AtlasCloudException failed = await Assert.ThrowsAsync<AtlasCloudException>(() => Some.Client(service, _clock).Predictions.WaitAsync(Some.Prediction()));

        Assert.Contains("The charge was 0.1 usd", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failed_prediction_that_succeeds_at_the_second_look_succeeds()
    {
        StubHandler service = new(Some.State("failed"), Some.State("processing"), Some.Completed());

        Assert.Single((await Some.Client(service, _clock).Predictions.WaitAsync(Some.Prediction())).Outputs);
    }

    [Fact]
    public async Task Inconclusive_responses_do_not_replace_the_second_look_but_end()
    {
        StubHandler service = new StubHandler().When("/", Some.State("failed"), StubReply.Text("", 502));

        AtlasCloudException failed = await Assert.ThrowsAsync<AtlasCloudException>(() => Some.Client(service, _clock).Predictions.WaitAsync(Some.Prediction()));

        Assert.Equal(AtlasCloudErrorKind.PredictionFailed, failed.Kind);
        Assert.InRange(service.Seen.Count, 3, 6);
    }

    [Theory]
    [InlineData("processing", "")]
    [InlineData("completed", ""","outputs":[]""")]
    [InlineData("failed", "")]
    [InlineData("completed", ""","outputs":[{"id":"unreadable"}]""")]
    public async Task Result_is_kept_whatever_the_next_response_says(string status, string extra)
    {
        StubHandler service = new StubHandler().When("/", Some.Completed(), Some.State(status, extra: extra));
        WatchOptions options = new() { PriceTimeout = TimeSpan.FromSeconds(3) };

        WatchResult result = await WatchAsync(service, options);

        Assert.Null(result.Failure);
        Assert.Equal((PredictionState.Succeeded, "completed"), (result.Prediction.State, result.Prediction.Status));
        Assert.Single(result.Prediction.Outputs);
        Assert.True(service.Seen.Count > 1);
    }

    [Fact]
    public async Task Price_of_a_later_response_without_the_result_is_taken_over()
    {
        StubHandler service = new StubHandler().When("/", Some.Completed(), Some.State("processing", extra: Price));

        WatchResult result = await WatchAsync(service, new WatchOptions { PriceTimeout = TimeSpan.FromSeconds(3) });

        Assert.Equal((0.1m, BillingState.Charged, 1), (result.Prediction.Price, result.Prediction.Charge, result.Prediction.Outputs.Count));
    }

    [Fact]
    public async Task Outcome_is_written_to_the_journal_only_after_the_second_look()
    {
        AtlasCloudOptions options = new() { ApiKey = Some.Key, JournalPath = Path.Join(_folder.Path, "journal.jsonl") };
        StubHandler service = Some.Service()
            .When("/model/generate", Some.State("processing"))
            .When("/model/prediction/", Some.State("failed"), Some.State("processing"));
        AtlasCloudClient client = _folder.Own(Some.Client(service, _clock, options));
        Prediction submitted = await client.Predictions.CreateAsync(Some.Request());

        WatchResult result = await WatchAsync(client, submitted, new WatchOptions { Timeout = TimeSpan.FromSeconds(5) });

        Assert.Equal(AtlasCloudErrorKind.PredictionTimedOut, result.Failure?.Kind);
        Assert.Equal(JournalState.InFlight, Assert.Single(await client.Journal.ListAsync()).State);
    }

    [Fact]
    public async Task Submit_that_is_answered_as_completed_without_outputs_is_polled()
    {
        StubHandler service = Some.Service().When("/model/generate", Some.State("completed", extra: ""","outputs":[]""")).When("/model/prediction/", Some.Completed());
        AtlasCloudClient client = Some.Client(service, _clock);

        Prediction submitted = await client.Predictions.CreateAsync(Some.Request());

        Assert.Equal(PredictionState.InFlight, submitted.State);
        Assert.Single((await client.Predictions.WaitAsync(submitted)).Outputs);
    }

    [Fact]
    public async Task Succeeded_prediction_without_outputs_is_read_before_it_is_saved()
    {
        StubHandler service = new StubHandler().When("/model/prediction/", Some.Completed());
        Prediction listed = Some.Prediction() with { State = PredictionState.Succeeded };

        SavePlan plan = await Some.Client(service, _clock).Outputs.CreateSaver(new SaveOptions { Folder = _folder.Path }).PlanAsync(listed);

        Assert.Single(plan.Files);
    }

    private Task<WatchResult> WatchAsync(StubHandler service, WatchOptions options) => WatchAsync(Some.Client(service, _clock), Some.Prediction(), options);

    private static async Task<WatchResult> WatchAsync(AtlasCloudClient client, Prediction prediction, WatchOptions options)
    {
        PredictionWatcher watcher = client.Predictions.CreateWatcher(options);
        watcher.Add(prediction);
        watcher.Complete();
        await watcher.RunAsync();
        return await watcher.Finished.ReadAsync();
    }
}
