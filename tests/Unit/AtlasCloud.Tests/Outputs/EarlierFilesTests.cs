namespace AtlasCloud.Tests;

/// <summary>Files of an earlier run are returned in place of a download only if they have the names that the current run asks for.</summary>
public sealed class EarlierFilesTests : IDisposable
{
    private readonly ReuseScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task Prediction_that_was_saved_under_other_names_is_saved_under_the_requested_name()
    {
        string id = await SubmitAsync("mine");
        foreach (string name in new[] { "first", "second", "third" })
        {
            Assert.Equal(("", $"{name}.png"), await SaveAsync(id, name));
        }

        Assert.Equal(3, Downloads);
        foreach (string name in new[] { "second", "{label}-{index}", "third" })
        {
            Assert.Equal(name == "{label}-{index}" ? ("", "mine-1.png") : ($"{name}.png", ""), await SaveAsync(id, name));
        }

        Assert.Equal(4, Downloads);
    }

    [Fact]
    public async Task File_that_the_same_client_saved_since_it_read_the_journal_is_found()
    {
        string id = await SubmitAsync("mine");
        await SaveAsync(id, "first");
        AtlasCloudClient client = _scene.Client();
        foreach ((string, string) expected in new[] { ("", "second.png"), ("second.png", "") })
        {
            OutputSaver saver = client.Outputs.CreateSaver(new SaveOptions { Folder = Folder, NameTemplate = "second" });
            Assert.Equal(expected, await SaveAsync(saver, new Prediction { Id = id }));
        }
    }

    [Fact]
    public async Task Reused_prediction_is_copied_to_the_requested_name_without_a_download()
    {
        await SaveAsync(await SubmitAsync("mine"), "{label}");

        (string found, string saved) = await SaveAsync(Assert.Single(await _scene.RunAsync([Labeled("other")])), "{label}");

        Assert.Equal(("", "other.png"), (found, saved));
        Assert.Equal(1, Downloads);
    }

    [Fact]
    public async Task Reused_prediction_that_was_saved_under_two_names_needs_one_of_them()
    {
        string id = await SubmitAsync("mine");
        await SaveAsync(id, "first");
        await SaveAsync(id, "second");
        int polls = _scene.Host.SeenAt("/model/prediction/").Count;

        File.Delete(Path.Join(Folder, "first.png"));
        Prediction reused = Assert.Single(await _scene.RunAsync([Labeled("mine")]));

        Assert.Equal(polls, _scene.Host.SeenAt("/model/prediction/").Count);
        Assert.Equal("second.png", Path.GetFileName(Assert.Single(reused.Files).Path));
        Assert.Single(reused.Outputs);
        Assert.Equal(("second.png", ""), await SaveAsync(reused, "second"));
    }

    [Fact]
    public async Task Files_with_a_number_are_found_in_any_order()
    {
        Prediction[] predictions = await _scene.RunAsync([Labeled("same", "one"), Labeled("same", "two")]);
        OutputSaver saver = Saver("{label}");
        Assert.Equal(("", "same.png"), await SaveAsync(saver, predictions[0]));
        Assert.Equal(("", "same-2.png"), await SaveAsync(saver, predictions[1]));

        saver = Saver("{label}");
        Assert.Equal(("same-2.png", ""), await SaveAsync(saver, new Prediction { Id = predictions[1].Id }));
        Assert.Equal(("same.png", ""), await SaveAsync(saver, new Prediction { Id = predictions[0].Id }));
        Assert.Equal(("same-2.png", ""), await SaveAsync(predictions[1].Id, "{label}"));
        Assert.Equal(2, Downloads);
    }

    [Fact]
    public async Task File_with_a_number_is_not_returned_if_the_requested_name_is_free()
    {
        string id = await SubmitAsync("mine");
        await SaveAsync(id, "shot-2");

        Assert.Equal(("", "shot.png"), await SaveAsync(id, "shot"));
    }

    [Fact]
    public async Task New_file_does_not_get_the_name_of_an_earlier_file_of_the_same_run()
    {
        await SaveAsync(await SubmitAsync("same"), "{label}");
        Prediction[] predictions = await _scene.RunAsync([Labeled("same"), Labeled("same", "another prompt")]);
        OutputSaver saver = Saver("{label}");

        Assert.Equal(("same.png", ""), await SaveAsync(saver, predictions[0]));
        Assert.Equal(("", "same-2.png"), await SaveAsync(saver, predictions[1]));
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(-3, true)]
    [InlineData(86_400, false)]
    public async Task Time_in_a_name_can_differ_by_seconds(int seconds, bool isFound)
    {
        Prediction made = Assert.Single(await _scene.RunAsync([Labeled("mine")])) with { CreatedAt = _scene.Clock.GetUtcNow() };
        await SaveAsync(await _scene.Client().Predictions.WaitAsync(made), "{date}-{label}");
        Prediction reused = Assert.Single(await _scene.RunAsync([Labeled("mine")])) with { CreatedAt = made.CreatedAt!.Value.AddSeconds(seconds) };

        Assert.Equal(isFound, (await SaveAsync(reused, "{Date}-{label}")).Found.Length > 0);
    }

    [Fact]
    public async Task Only_missing_outputs_of_a_prediction_are_saved()
    {
        _scene.Poll = new((request, token) => StubReply.Json($$$"""
            {"code":200,"data":{"id":"{{{request.RequestUri!.Segments[^1]}}}","status":"completed","price":"0.01",
            "outputs":["https://static.atlascloud.ai/outputs/1.png","https://static.atlascloud.ai/outputs/2.png"]} }
            """).AnswerAsync(request, token));
        string id = await SubmitAsync("mine");
        Assert.Equal(("", "mine-1.png,mine-2.png"), await SaveAsync(id, "{label}-{index}"));
        File.Delete(Path.Join(Folder, "mine-1.png"));

        OutputSaver saver = Saver("{label}-{index}");
        SavePlan plan = await saver.PlanAsync(new Prediction { Id = id });

        Assert.Equal("mine-2.png", Path.GetFileName(Assert.Single(plan.SavedFiles).Path));
        Assert.Equal("mine-1", Assert.Single(plan.Files).Name);
        Assert.Equal([null, plan.SavedFiles[0]], plan.Prediction.Outputs.Select(plan.FindSavedFile));
    }

    private string Folder => Path.Join(_scene.Folder, "out");

    private int Downloads => _scene.Host.SeenAt("/outputs/").Count;

    private static GenerationRequest Labeled(string label, string prompt = "a lighthouse") => Some.Request() with { Label = label, Prompt = prompt };

    private async Task<string> SubmitAsync(string label) => Assert.Single(await _scene.RunAsync([Labeled(label)])).Id;

    // A client of its own, as in another process.
    private OutputSaver Saver(string name) => _scene.Client().Outputs.CreateSaver(new SaveOptions { Folder = Folder, NameTemplate = name });

    private Task<(string Found, string Saved)> SaveAsync(string id, string name) => SaveAsync(new Prediction { Id = id }, name);

    private Task<(string Found, string Saved)> SaveAsync(Prediction prediction, string name) => SaveAsync(Saver(name), prediction);

    private static async Task<(string Found, string Saved)> SaveAsync(OutputSaver saver, Prediction prediction)
    {
        SavePlan plan = await saver.PlanAsync(prediction);
        List<string> saved = [];
        foreach (PlannedFile file in plan.Files)
        {
            saved.Add(Path.GetFileName((await saver.SaveAsync(file)).Path));
        }

        return (string.Join(',', plan.SavedFiles.Select(f => Path.GetFileName(f.Path))), string.Join(',', saved));
    }
}
