namespace AtlasCloud.Tests.Reuse;

/// <summary>A run takes over what earlier runs have paid for, and submits the rest.</summary>
public sealed class ReuseRunTests : IDisposable
{
    private readonly ReuseScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task Request_without_an_earlier_one_is_submitted()
    {
        Prediction made = Assert.Single(await _scene.RunAsync("a lighthouse"));

        Assert.False(made.IsReused);
        Assert.Equal(1, _scene.Submits);
    }

    [Fact]
    public async Task Prediction_in_flight_is_taken_over_to_be_waited_for()
    {
        Prediction first = Assert.Single(await _scene.RunAsync("a lighthouse"));

        Prediction second = Assert.Single(await _scene.RunAsync([Some.Request() with { Label = "new label", Row = 7 }]));

        Assert.Equal((first.Id, true, PredictionState.InFlight, "new label", (int?)7), (second.Id, second.IsReused, second.State, second.Label, second.Row));
        Assert.Equal("a lighthouse", second.Request!["prompt"]);
        Assert.Equal(1, _scene.Submits);
        Assert.Equal(PredictionState.Succeeded, (await _scene.Client().Predictions.WaitAsync(second)).State);
    }

    [Fact]
    public async Task Saved_prediction_comes_back_with_its_files_and_without_a_request()
    {
        SavedFile saved = Assert.Single(await _scene.SaveAsync(await _scene.RunAsync("a lighthouse")));
        int requests = _scene.Host.SeenAt("/model/prediction/").Count;

        Prediction reused = Assert.Single(await _scene.RunAsync("a lighthouse"));

        Assert.Equal((true, PredictionState.Succeeded, true), (reused.IsReused, reused.State, reused.IsFinished));
        Assert.Equal(saved.Path, Assert.Single(reused.Files).Path);
        Output output = Assert.Single(reused.Outputs);
        Assert.Equal((1, MediaKind.Image, saved.Path), (output.Index, output.Kind, output.ToString()));
        Assert.Equal(saved.Path, output.ToMediaSource().Path);
        Assert.Equal(requests, _scene.Host.SeenAt("/model/prediction/").Count);
        Assert.Equal(1, _scene.Submits);
    }

    [Fact]
    public async Task Save_of_a_reused_prediction_returns_the_existing_files()
    {
        SavedFile saved = Assert.Single(await _scene.SaveAsync(await _scene.RunAsync("a lighthouse")));

        SavedFile again = Assert.Single(await _scene.SaveAsync(await _scene.RunAsync("a lighthouse")));

        Assert.Equal(saved.Path, again.Path);
        Assert.Single(_scene.Host.SeenAt("/outputs/"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Save_writes_missing_metadata_of_existing_files_if_the_request_is_known(bool isKnown)
    {
        SavedFile saved = Assert.Single(await _scene.SaveAsync(await _scene.RunAsync("a lighthouse")));
        Prediction reused = Assert.Single(await _scene.RunAsync("a lighthouse"));
        OutputSaver saver = _scene.Client().Outputs.CreateSaver(new SaveOptions { Folder = Path.Join(_scene.Folder, "out"), WriteMetadata = true });
        SavePlan plan = await saver.PlanAsync(isKnown ? reused : reused with { Request = null });

        bool isComplete = await saver.SaveMissingMetadataAsync(plan);

        Assert.Equal((isKnown, isKnown), (isComplete, File.Exists(saved.Path + ".json")));
        if (isKnown)
        {
            string metadata = await File.ReadAllTextAsync(saved.Path + ".json");
            Assert.Contains("a lighthouse", metadata, StringComparison.Ordinal);
            Assert.Contains(saved.Sha256!, metadata, StringComparison.Ordinal);
            Assert.True(await saver.SaveMissingMetadataAsync(plan));
            Assert.Equal(metadata, await File.ReadAllTextAsync(saved.Path + ".json"));
        }
    }

    [Fact]
    public async Task Save_of_a_reused_prediction_into_another_folder_copies_the_file()
    {
        SavedFile saved = Assert.Single(await _scene.SaveAsync(await _scene.RunAsync("a lighthouse")));

        SavedFile copy = Assert.Single(await _scene.SaveAsync(await _scene.RunAsync("a lighthouse"), "other"));

        Assert.Equal((Path.Join(_scene.Folder, "other"), saved.Sha256), (Path.GetDirectoryName(copy.Path), copy.Sha256));
        Assert.Single(_scene.Host.SeenAt("/outputs/"));
    }

    [Fact]
    public async Task Save_with_overwrite_downloads_a_reused_prediction_again()
    {
        await _scene.SaveAsync(await _scene.RunAsync("a lighthouse"));

        await _scene.SaveAsync(await _scene.RunAsync("a lighthouse"), overwrite: true);

        Assert.Equal(2, _scene.Host.SeenAt("/outputs/").Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Saved_prediction_whose_file_is_missing_or_changed_is_read_from_the_service(bool isDeleted)
    {
        SavedFile saved = Assert.Single(await _scene.SaveAsync(await _scene.RunAsync("a lighthouse")));
        await File.WriteAllTextAsync(saved.Path, "changed");
        if (isDeleted)
        {
            File.Delete(saved.Path);
        }

        Prediction reused = Assert.Single(await _scene.RunAsync("a lighthouse"));

        Assert.Equal((true, PredictionState.Succeeded), (reused.IsReused, reused.State));
        Assert.NotNull(Assert.Single(reused.Outputs).Uri);
        Assert.Empty(reused.Files);
        Assert.Equal(1, _scene.Submits);
    }

    [Fact]
    public async Task Finished_prediction_that_was_not_saved_is_read_from_the_service()
    {
        await _scene.Client().Predictions.WaitAsync(Assert.Single(await _scene.RunAsync("a lighthouse")));

        Prediction reused = Assert.Single(await _scene.RunAsync("a lighthouse"));

        Assert.Equal((true, PredictionState.Succeeded, 1), (reused.IsReused, reused.State, reused.Outputs.Count));
        Assert.Equal(1, _scene.Submits);
    }

    [Fact]
    public async Task Failed_prediction_is_submitted_again()
    {
        Prediction first = Assert.Single(await _scene.RunAsync("a lighthouse"));
        _scene.Poll = Some.State("failed", first.Id, ",\"error\":\"no GPU\"");
        await Assert.ThrowsAsync<AtlasCloudException>(() => _scene.Client().Predictions.WaitAsync(first));

        Prediction second = Assert.Single(await _scene.RunAsync("a lighthouse"));

        Assert.Equal((false, 2), (second.IsReused, _scene.Submits));
    }

    [Fact]
    public async Task Refused_request_is_submitted_again()
    {
        StubReply accepted = _scene.Submit;
        _scene.Submit = StubReply.Json("""{"code":400,"message":"no"}""", 400);
        await _scene.FailAsync();
        _scene.Submit = accepted;

        Assert.False(Assert.Single(await _scene.RunAsync("a lighthouse")).IsReused);
        Assert.Equal(2, _scene.Submits);
    }

    [Fact]
    public async Task Request_whose_outcome_stays_unknown_is_not_submitted_again()
    {
        _scene.Submit = StubReply.Fault(HttpRequestError.ResponseEnded);
        Assert.Equal(AtlasCloudErrorKind.SubmitOutcomeUnknown, (await _scene.FailAsync()).Kind);
        _scene.Submit = Some.Accepted();

        AtlasCloudException unknown = await _scene.FailAsync(Some.Request() with { Label = "row 12" });

        Assert.Equal((AtlasCloudErrorKind.SubmitOutcomeUnknown, AtlasCloudErrorReason.OpenEntryNotSettled), (unknown.Kind, unknown.Reason));
        Assert.Contains("the request 'row 12' to ", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("after at least 24 hours, that it was not accepted, and for at most 30 days", unknown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("a lighthouse", unknown.Message, StringComparison.Ordinal);
        Assert.IsType<JournalEntry>(unknown.Target);
        Assert.Equal(1, _scene.Submits);
    }

    [Fact]
    public async Task Request_whose_outcome_is_unknown_is_not_submitted_again_by_a_retry_in_the_same_run()
    {
        ReuseRun run = _scene.Client().Predictions.StartReuse();
        _scene.Submit = StubReply.Fault(HttpRequestError.ResponseEnded);
        Assert.Equal(AtlasCloudErrorKind.SubmitOutcomeUnknown, (await RetryAsync(run)).Kind);
        _scene.Submit = Some.Accepted();

        Assert.Equal(AtlasCloudErrorKind.SubmitOutcomeUnknown, (await RetryAsync(run)).Kind);
        Assert.Equal(AtlasCloudErrorKind.SubmitOutcomeUnknown, (await RetryAsync(run)).Kind);
        Assert.Equal(1, _scene.Submits);
    }

    [Fact]
    public async Task Earlier_request_whose_outcome_is_unknown_is_not_submitted_again_by_a_retry_in_the_same_run()
    {
        _scene.Submit = StubReply.Fault(HttpRequestError.ResponseEnded);
        await _scene.FailAsync();
        _scene.Submit = Some.Accepted();
        ReuseRun run = _scene.Client().Predictions.StartReuse();

        Assert.Equal(AtlasCloudErrorKind.SubmitOutcomeUnknown, (await RetryAsync(run)).Kind);
        Assert.Equal(AtlasCloudErrorKind.SubmitOutcomeUnknown, (await RetryAsync(run)).Kind);
        Assert.Equal(1, _scene.Submits);
    }

    [Fact]
    public async Task Refused_request_is_submitted_by_a_retry_in_the_same_run()
    {
        ReuseRun run = _scene.Client().Predictions.StartReuse();
        StubReply accepted = _scene.Submit;
        _scene.Submit = StubReply.Json("""{"code":400,"message":"no"}""", 400);
        await RetryAsync(run);
        _scene.Submit = accepted;

        Assert.False((await ReuseScene.CreateAsync(run, Some.Request())).IsReused);
        Assert.Equal(2, _scene.Submits);
    }

    [Fact]
    public async Task Result_that_is_gone_is_not_submitted_by_a_retry_in_the_same_run()
    {
        SavedFile saved = Assert.Single(await _scene.SaveAsync(await _scene.RunAsync("a lighthouse")));
        File.Delete(saved.Path);
        _scene.Poll = StubReply.Json("""{"code":404,"message":"not found"}""", 404);
        ReuseRun run = _scene.Client().Predictions.StartReuse();

        Assert.Equal(AtlasCloudErrorReason.ReusedResultGone, (await RetryAsync(run)).Reason);
        Assert.Equal(AtlasCloudErrorReason.ReusedResultGone, (await RetryAsync(run)).Reason);
        Assert.Equal(1, _scene.Submits);
    }

    [Fact]
    public async Task Result_that_is_gone_is_an_error_and_is_submitted_only_on_request()
    {
        SavedFile saved = Assert.Single(await _scene.SaveAsync(await _scene.RunAsync("a lighthouse")));
        File.Delete(saved.Path);
        _scene.Poll = StubReply.Json("""{"code":404,"message":"not found"}""", 404);
        _scene.Clock.Advance(TimeSpan.FromDays(1));

        AtlasCloudException gone = await _scene.FailAsync(Some.Request() with { Label = "row 12" });

        Assert.Contains("the request 'row 12' to ", gone.Message, StringComparison.Ordinal);
        Assert.Equal((AtlasCloudErrorKind.DownloadIncomplete, AtlasCloudErrorReason.ReusedResultGone), (gone.Kind, gone.Reason));
        Assert.Contains(saved.Path, gone.Message, StringComparison.Ordinal);
        Assert.Equal(JournalState.Saved, Assert.IsType<JournalEntry>(gone.Target).State);
        Assert.Equal(1, _scene.Submits);
        Prediction paid = Assert.Single(await _scene.RunAsync([Some.Request()], new ReuseOptions { ResubmitUnavailable = true }));
        Assert.Equal((false, 2), (paid.IsReused, _scene.Submits));

        // From now on the new one counts.
        Assert.Equal(paid.Id, Assert.Single(await _scene.RunAsync("a lighthouse")).Id);
    }

    [Fact]
    public async Task Result_whose_newest_URL_has_expired_is_gone()
    {
        Prediction first = Assert.Single(await _scene.RunAsync("a lighthouse"));
        StubHandler expired = Some.Service()
            .When("/model/prediction/", Some.Completed(first.Id))
            .When("/outputs/", StubReply.Text("Request has expired", 403));
        AtlasCloudClient client = new(new AtlasCloudOptions { ApiKey = Some.Key, JournalPath = _scene.JournalPath }, expired, _scene.Clock, Some.Random());
        await using (client)
        {
            OutputSaver saver = client.Outputs.CreateSaver(new SaveOptions { Folder = Path.Join(_scene.Folder, "out") });
            SavePlan plan = await saver.PlanAsync(await client.Predictions.WaitAsync(first));
            await Assert.ThrowsAsync<AtlasCloudException>(() => saver.SaveAsync(plan.Files[0]));
        }

        Assert.Equal(AtlasCloudErrorReason.ReusedResultGone, (await _scene.FailAsync()).Reason);
        Assert.Equal(1, _scene.Submits);
    }

    [Fact]
    public async Task Prediction_that_the_service_lost_in_flight_is_submitted_again_after_its_lifetime()
    {
        await _scene.RunAsync("a lighthouse");
        _scene.Clock.Advance(TimeSpan.FromDays(20));
        _scene.Poll = StubReply.Json("""{"code":404,"message":"not found"}""", 404);

        Assert.False(Assert.Single(await _scene.RunAsync("a lighthouse")).IsReused);
    }

    [Fact]
    public async Task Request_of_a_run_without_reuse_is_taken_over_too()
    {
        string image = _scene.Write("in.png", Bytes.Png);
        GenerationRequest request = new() { Model = "google/nano-banana-2/edit", Prompt = "blue", Images = [MediaSource.FromFile(image)], SkipValidation = true };
        Prediction first = await _scene.Client().Predictions.CreateAsync(request, GenerationKind.Image);

        Prediction second = Assert.Single(await _scene.RunAsync([request]));

        Assert.Equal((first.Id, true), (second.Id, second.IsReused));
    }

    [Fact]
    public void Run_without_a_journal_is_an_error()
    {
        AtlasCloudException error = Assert.Throws<AtlasCloudException>(() => _scene.Client(journal: "").Predictions.StartReuse());

        Assert.Equal((AtlasCloudErrorKind.InvalidParameter, AtlasCloudErrorReason.ReuseNeedsJournal), (error.Kind, error.Reason));
    }

    [Fact]
    public async Task Budget_counts_only_what_is_submitted()
    {
        await _scene.RunAsync("a lighthouse");
        _scene.Host.When("/model/calculate", StubReply.Json("""{"code":200,"data":{"price":"0.08","currency":"usd"} }"""));
        AtlasCloudClient client = _scene.Client(budget: 0.1m);

        Prediction[] made = await _scene.RunAsync([Some.Request(), Some.Request()], client: client);

        Assert.Equal([true, false], made.Select(p => p.IsReused));
        Assert.Equal(0.08m, client.Budget.Spent);
    }

    private static Task<AtlasCloudException> RetryAsync(ReuseRun run) => Assert.ThrowsAsync<AtlasCloudException>(() => ReuseScene.CreateAsync(run, Some.Request()));
}
