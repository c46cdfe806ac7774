namespace AtlasCloud.Tests.Reuse;

/// <summary>The n-th occurrence of a request takes over the n-th earlier one.</summary>
public sealed class ReuseMatchingTests : IDisposable
{
    private readonly ReuseScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task Equal_requests_of_one_run_are_all_submitted_and_all_taken_over_in_order()
    {
        Prediction[] first = await _scene.RunAsync("boat", "boat", "car", "boat");
        Assert.Equal(4, first.Select(p => p.Id).Distinct().Count());

        Prediction[] second = await _scene.RunAsync("boat", "boat", "car", "boat");

        Assert.Equal(first.Select(p => p.Id), second.Select(p => p.Id));
        Assert.Equal(4, _scene.Submits);
    }

    [Fact]
    public async Task One_more_occurrence_than_before_is_submitted()
    {
        await _scene.RunAsync("boat", "boat");

        Prediction[] second = await _scene.RunAsync("boat", "boat", "boat");

        Assert.Equal([true, true, false], second.Select(p => p.IsReused));
    }

    [Fact]
    public async Task Equal_requests_with_labels_get_the_predictions_of_their_labels_in_any_order()
    {
        Prediction[] first = await _scene.RunAsync(Labelled("a", "b", "c"));

        Prediction[] second = await _scene.RunAsync(Labelled("c", "a", "b"));

        Assert.Equal([first[2].Id, first[0].Id, first[1].Id], second.Select(p => p.Id));
    }

    [Fact]
    public async Task Concurrent_requests_take_over_in_the_order_of_their_turns()
    {
        Prediction[] first = await _scene.RunAsync("boat", "boat");
        ReuseRun run = _scene.Client().Predictions.StartReuse();
        SubmitOrder order = new();
        SubmitTurn[] turns = [order.TakeTurn(), order.TakeTurn()];
        Task<Prediction> CreateAsync(SubmitTurn turn) =>
            run.CreateAsync(Some.Request() with { Prompt = "boat" }, GenerationKind.Image, new ReuseOptions(), turn, null, Some.NoStop, Some.NoStop);

        Task<Prediction> second = CreateAsync(turns[1]);
        Prediction earlier = await CreateAsync(turns[0]);

        Assert.Equal(first.Select(p => p.Id), [earlier.Id, (await second).Id]);
    }

    [Fact]
    public async Task Turn_of_an_invalid_request_lets_the_next_one_pass()
    {
        ReuseRun run = _scene.Client().Predictions.StartReuse();
        SubmitOrder order = new();
        SubmitTurn[] turns = [order.TakeTurn(), order.TakeTurn()];
        Task<Prediction> CreateAsync(string prompt, SubmitTurn turn) =>
            run.CreateAsync(Some.Request() with { Prompt = prompt }, GenerationKind.Image, new ReuseOptions(), turn, null, Some.NoStop, Some.NoStop);

        await Assert.ThrowsAsync<AtlasCloudException>(() => CreateAsync("", turns[0]));

        Assert.False((await CreateAsync("boat", turns[1])).IsReused);
    }

    [Fact]
    public async Task Changed_label_does_not_prevent_the_takeover()
    {
        Prediction[] first = await _scene.RunAsync(Labelled("monday"));

        Prediction second = Assert.Single(await _scene.RunAsync(Labelled("tuesday")));

        Assert.Equal((first[0].Id, "tuesday"), (second.Id, second.Label));
    }

    [Fact]
    public async Task Request_with_another_input_is_submitted_and_one_with_another_webhook_is_reused()
    {
        Prediction[] first = await _scene.RunAsync([Some.Request()]);

        Prediction[] second = await _scene.RunAsync(
            [Some.Request() with { Resolution = "2k" }, Some.Request() with { WebhookUri = new Uri("https://example.com/hook") }]);

        Assert.Equal([false, true], second.Select(p => p.IsReused));
        Assert.Equal(first[0].Id, second[1].Id);
    }

    [Fact]
    public async Task File_counts_by_its_bytes_and_not_by_its_path_or_upload()
    {
        GenerationRequest With(string name, byte[] content) => new()
        {
            Model = "google/nano-banana-2/edit",
            Prompt = "blue",
            SkipValidation = true,
            Images = [MediaSource.FromFile(_scene.Write(name, content))],
        };
        Prediction[] first = await _scene.RunAsync([With("a.png", Bytes.Png)]);
        int uploads = _scene.Host.SeenAt("/model/uploadMedia").Count;

        Prediction[] second = await _scene.RunAsync([With("b.png", Bytes.Png), With("c.png", [.. Bytes.Png, 0])]);

        Assert.Equal([true, false], second.Select(p => p.IsReused));
        Assert.Equal(first[0].Id, second[0].Id);
        Assert.Equal(uploads + 1, _scene.Host.SeenAt("/model/uploadMedia").Count);

        // A path of this machine must not get into the metadata of a result.
        Assert.Contains(second[0].Request!.Values.Cast<object>(), v => v is "b.png" or object?[] and ["b.png"]);
    }

    [Fact]
    public async Task Upload_counts_by_its_bytes_too()
    {
        string path = _scene.Write("a.png", Bytes.Png);
        GenerationRequest With(MediaSource source) => new() { Model = "google/nano-banana-2/edit", Prompt = "blue", SkipValidation = true, Images = [source] };
        Prediction[] first = await _scene.RunAsync([With(MediaSource.FromFile(path))]);
        AtlasCloudClient client = _scene.Client();
        Media media = await client.Media.UploadAsync(path);

        Prediction[] second = await _scene.RunAsync([With(MediaSource.FromMedia(media))], client: client);

        Assert.Equal(first[0].Id, second[0].Id);
    }

    [Fact]
    public async Task Output_of_a_prediction_counts_by_the_prediction_whether_it_is_saved_or_not()
    {
        GenerationRequest With(Output output) => new() { Model = "google/nano-banana-2/edit", Prompt = "blue", SkipValidation = true, Images = [output.ToMediaSource()] };
        Prediction source = await _scene.Client().Predictions.WaitAsync((await _scene.RunAsync("boat"))[0]);
        Prediction[] first = await _scene.RunAsync([With(source.Outputs[0])]);
        await _scene.SaveAsync([source]);
        Prediction saved = (await _scene.RunAsync("boat"))[0];
        Assert.NotEmpty(saved.Files);

        Prediction[] second = await _scene.RunAsync([With(saved.Outputs[0])]);

        Assert.Equal(first[0].Id, second[0].Id);
        Assert.Empty(_scene.Host.SeenAt("/model/uploadMedia"));
    }

    [Fact]
    public async Task Within_limits_the_age()
    {
        await _scene.RunAsync("boat");
        _scene.Clock.Advance(TimeSpan.FromHours(2));

        Assert.False((await _scene.RunAsync([Some.Request() with { Prompt = "boat" }], new ReuseOptions { Within = TimeSpan.FromHours(1) }))[0].IsReused);
        Assert.True((await _scene.RunAsync([Some.Request() with { Prompt = "boat" }], new ReuseOptions { Within = TimeSpan.FromHours(3) }))[0].IsReused);
    }

    [Fact]
    public async Task Entries_of_another_key_or_service_do_not_count()
    {
        await _scene.RunAsync("boat");

        Prediction otherKey = (await _scene.RunAsync([Some.Request() with { Prompt = "boat" }], client: _scene.Client(key: "apikey-0000000000000000")))[0];
        Prediction otherService = (await _scene.RunAsync([Some.Request() with { Prompt = "boat" }], client: _scene.Client(uri: "https://eu.example.com")))[0];

        Assert.Equal((false, false), (otherKey.IsReused, otherService.IsReused));
        Assert.Equal(3, _scene.Submits);
    }

    [Fact]
    public async Task Preview_describes_each_request_and_submits_nothing()
    {
        await _scene.SaveAsync(await _scene.RunAsync("saved"));
        await _scene.RunAsync("in flight");
        int requests = _scene.Host.Seen.Count;
        ReuseRun run = _scene.Client().Predictions.StartReuse();

        List<ReuseAction> actions = [];
        foreach (string prompt in (string[])["saved", "in flight", "new", "saved"])
        {
            actions.Add((await run.PreviewAsync(Some.Request() with { Prompt = prompt }, GenerationKind.Image, new ReuseOptions(), null)).Action);
        }

        Assert.Equal([ReuseAction.Reuse, ReuseAction.Resume, ReuseAction.Submit, ReuseAction.Submit], actions);
        Assert.DoesNotContain(_scene.Host.Seen.Skip(requests), r => r.Path.Contains("/model/generate", StringComparison.Ordinal) || r.Path.Contains("/model/prediction/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Decision_to_submit_submits_nothing_by_itself()
    {
        ReuseRun run = _scene.Client().Predictions.StartReuse();

        ReuseDecision decision = await run.DecideAsync(Some.Request(), GenerationKind.Image, new ReuseOptions(), null);

        Assert.Equal((ReuseAction.Submit, 0), (decision.Action, _scene.Submits));
        Assert.False((await ReuseScene.CreateAsync(run, Some.Request())).IsReused);
    }

    private static GenerationRequest[] Labelled(params string[] labels) => [.. labels.Select(l => Some.Request() with { Label = l })];
}
