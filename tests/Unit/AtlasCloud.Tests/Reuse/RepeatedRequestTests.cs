namespace AtlasCloud.Tests.Reuse;

/// <summary>A script that repeats a command, such as a retry loop, is warned before it pays again, and retries what failed.</summary>
public sealed class RepeatedRequestTests : IDisposable
{
    private readonly ReuseScene _scene = new();
    private readonly List<string> _warnings = [];

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task Request_of_an_earlier_batch_is_submitted_again_with_one_warning_before_it_is_paid()
    {
        ReuseRun run = Start();
        await RunBatchAsync(run, "a", "b");
        int submitsAtWarning = -1;
        using (new AtlasCloudLog((level, _) => submitsAtWarning = level == AtlasCloudLogLevel.Warning ? _scene.Submits : submitsAtWarning).Listen())
        {
            await CreateAsync(run, new ReuseOptions(), "a", "row 7");
        }

        Prediction[] again = await RunBatchAsync(run, "a", "b");

        Assert.Equal(2, submitsAtWarning);
        Assert.All(again, p => Assert.False(p.IsReused));
        Assert.Equal(5, _scene.Submits);
        string warning = Assert.Single(_warnings);
        Assert.Contains("To repeat only failed requests, run the whole script again", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_that_occurs_several_times_in_one_batch_is_submitted_without_a_warning()
    {
        await RunBatchAsync(Start(), "a", "a", "a");

        Assert.Equal(3, _scene.Submits);
        Assert.Empty(_warnings);
    }

    [Fact]
    public async Task Second_run_of_a_script_with_a_loop_takes_over_everything_without_a_warning()
    {
        for (int pass = 0; pass < 2; pass++)
        {
            _warnings.Clear();
            ReuseRun run = Start();
            for (int i = 0; i < 3; i++)
            {
                await RunBatchAsync(run, "a");
            }
        }

        Assert.Equal(3, _scene.Submits);
        Assert.Empty(_warnings);
    }

    [Fact]
    public async Task Request_that_was_taken_over_by_an_earlier_batch_is_submitted_with_a_warning()
    {
        await RunBatchAsync(Start(), "a");
        ReuseRun run = Start();
        Assert.True(Assert.Single(await RunBatchAsync(run, "a")).IsReused);

        Assert.False(Assert.Single(await RunBatchAsync(run, "a")).IsReused);

        Assert.Single(_warnings);
    }

    [Fact]
    public async Task Request_that_was_refused_is_submitted_by_the_next_batch_without_a_warning()
    {
        StubReply accepted = _scene.Submit;
        _scene.Submit = StubReply.Json("""{"code":400,"message":"no"}""", 400);
        ReuseRun run = Start();
        await Assert.ThrowsAsync<AtlasCloudException>(() => RunBatchAsync(run, "a"));
        _scene.Submit = accepted;

        await RunBatchAsync(run, "a");

        Assert.Empty(_warnings);
        await RunBatchAsync(run, "a");
        Assert.Single(_warnings);
    }

    [Fact]
    public async Task Prediction_that_failed_is_submitted_by_the_next_batch_without_a_warning()
    {
        StubReply completed = _scene.Poll;
        AtlasCloudClient client = _scene.Client();
        ReuseRun run = client.Predictions.StartReuse();
        Prediction first = Assert.Single(await RunBatchAsync(run, "a"));
        _scene.Poll = Some.State("failed", first.Id, ",\"error\":\"no GPU\"");
        await Assert.ThrowsAsync<AtlasCloudException>(() => client.Predictions.WaitAsync(first));
        _scene.Poll = completed;

        Assert.False(Assert.Single(await RunBatchAsync(run, "a")).IsReused);

        Assert.Empty(_warnings);
        Assert.Equal(2, _scene.Submits);
    }

    [Fact]
    public async Task Preview_warns_of_a_request_of_an_earlier_batch()
    {
        ReuseRun run = Start();
        await PreviewAsync(run, "a");
        Assert.Empty(_warnings);

        await PreviewAsync(run, "a");

        Assert.Single(_warnings);
        Assert.Equal(0, _scene.Submits);
    }

    [Fact]
    public async Task Request_whose_outcome_is_unknown_is_not_submitted_by_the_next_batch()
    {
        StubReply accepted = _scene.Submit;
        _scene.Submit = StubReply.Fault(HttpRequestError.ResponseEnded);
        await _scene.FailAsync();
        _scene.Submit = accepted;
        ReuseRun run = Start();
        for (int i = 0; i < 3; i++)
        {
            AtlasCloudException unknown = await Assert.ThrowsAsync<AtlasCloudException>(() => RunBatchAsync(run, "a lighthouse"));
            Assert.Equal(AtlasCloudErrorReason.OpenEntryNotSettled, unknown.Reason);
        }

        Assert.Equal(1, _scene.Submits);
    }

    [Fact]
    public async Task Request_that_could_not_be_read_is_read_by_the_next_batch_instead_of_submitted()
    {
        await _scene.Client().Predictions.WaitAsync(Assert.Single(await RunBatchAsync(Start(), "a")));
        StubReply completed = _scene.Poll;
        _scene.Poll = StubReply.Json("""{"code":402,"message":"no"}""", 402);
        ReuseRun run = Start();
        await Assert.ThrowsAsync<AtlasCloudException>(() => RunBatchAsync(run, "a"));
        _scene.Poll = completed;

        Assert.True(Assert.Single(await RunBatchAsync(run, "a")).IsReused);

        Assert.Equal(1, _scene.Submits);
        Assert.Empty(_warnings);
    }

    [Fact]
    public async Task Result_that_is_gone_stays_an_error_in_the_next_batch()
    {
        SavedFile saved = Assert.Single(await _scene.SaveAsync(await RunBatchAsync(Start(), "a")));
        File.Delete(saved.Path);
        _scene.Poll = StubReply.Json("""{"code":404,"message":"not found"}""", 404);
        ReuseRun run = Start();
        for (int i = 0; i < 2; i++)
        {
            AtlasCloudException gone = await Assert.ThrowsAsync<AtlasCloudException>(() => RunBatchAsync(run, "a"));
            Assert.Equal(AtlasCloudErrorReason.ReusedResultGone, gone.Reason);
        }

        Assert.Equal(1, _scene.Submits);
        Assert.False((await CreateAsync(run, new ReuseOptions { ResubmitUnavailable = true }, "a")).IsReused);
    }

    private ReuseRun Start() => _scene.Client().Predictions.StartReuse();

    private static Task<Prediction> CreateAsync(ReuseRun run, ReuseOptions batch, string prompt, string? label = null) =>
        ReuseScene.CreateAsync(run, Some.Request() with { Prompt = prompt, Label = label }, batch);

    private async Task<Prediction[]> RunBatchAsync(ReuseRun run, params string[] prompts)
    {
        ReuseOptions batch = new();
        using IDisposable listening = Listen();
        List<Prediction> predictions = [];
        foreach (string prompt in prompts)
        {
            predictions.Add(await CreateAsync(run, batch, prompt));
        }

        return [.. predictions];
    }

    private async Task PreviewAsync(ReuseRun run, string prompt)
    {
        using IDisposable listening = Listen();
        await run.PreviewAsync(Some.Request() with { Prompt = prompt }, GenerationKind.Image, new ReuseOptions());
    }

    private IDisposable Listen() => new AtlasCloudLog((level, message) =>
    {
        if (level == AtlasCloudLogLevel.Warning)
        {
            _warnings.Add(message);
        }
    }).Listen();
}
