namespace AtlasCloud.Tests.Journals;

/// <summary>Requests of the same content whose answers are lost.</summary>
public sealed class EqualRequestTests : IDisposable
{
    private readonly RecoveryScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Equal_numbers_of_equal_requests_and_tasks_are_paired(int count)
    {
        for (int i = 0; i < count; i++)
        {
            await _scene.LoseAsync();
        }

        List<PendingTask> found = await _scene.SettleAsync();

        Assert.Equal(_scene.Host.Ids.Order(), found.Select(t => t.Prediction?.Id).Order());
        Assert.Equal(_scene.Host.Ids.Order(), (await _scene.EntriesAsync()).Select(e => e.PredictionId).Order());
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 2)]
    [InlineData(3, 2)]
    public async Task Unequal_numbers_of_equal_requests_and_tasks_stay_open(int requests, int tasks)
    {
        for (int i = 0; i < requests; i++)
        {
            await _scene.LoseAsync(isAccepted: i < tasks);
        }

        for (int i = requests; i < tasks; i++)
        {
            _scene.Host.Add(_scene.Host.Write()[0]["requestBody"]!.GetValue<string>());
        }

        Assert.All(await _scene.SettleAsync(), t => Assert.NotNull(t.Failure));
        _scene.Clock.Advance(TimeSpan.FromDays(2));
        await _scene.SettleAsync();
        Assert.All(await _scene.EntriesAsync(), e => Assert.True(e.IsOpen));
    }

    [Fact]
    public async Task Equal_requests_of_different_times_are_paired_by_time()
    {
        await _scene.LoseAsync(isAccepted: false);
        _scene.Clock.Advance(TimeSpan.FromHours(2));
        await _scene.LoseAsync();

        List<PendingTask> seen = await _scene.SettleAsync();

        Assert.Equal((null, "task-1"), ((await _scene.EntriesAsync())[0].PredictionId, (await _scene.EntriesAsync())[1].PredictionId));
        Assert.Equal(2, seen.Count);
    }

    [Fact]
    public async Task Concurrent_equal_requests_whose_answers_are_lost_are_paired()
    {
        AtlasCloudClient client = _scene.Client();

        Prediction?[] made = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => CreateAsync(client)));

        // A search that ends while another request is on its way cannot decide. The next one does.
        List<PendingTask> later = await _scene.SettleAsync();
        Assert.Equal(_scene.Host.Ids.Order(), made.Concat(later.Select(t => t.Prediction)).Select(p => p?.Id).OfType<string>().Distinct().Order());
    }

    private static async Task<Prediction?> CreateAsync(AtlasCloudClient client)
    {
        try
        {
            return await client.Predictions.CreateAsync(Some.Request(), GenerationKind.Image);
        }
        catch (AtlasCloudException exception) when (exception.Kind == AtlasCloudErrorKind.SubmitOutcomeUnknown)
        {
            return null;
        }
    }

    [Fact]
    public async Task Request_of_another_key_with_the_same_content_prevents_a_guess()
    {
        await _scene.LoseAsync();
        await _scene.LoseAsync(isAccepted: false, key: "apikey-another-0123456789");

        Assert.All(await _scene.SettleAsync(), t => Assert.NotNull(t.Failure));
    }

    [Fact]
    public async Task Submit_outcome_is_unknown_if_its_response_has_the_ID_of_another_request()
    {
        _scene.Host.FixedId = "same-1";
        _scene.Host.Fault = _ => StubReply.Text("down", 503);
        AtlasCloudClient client = _scene.Client();
        _scene.Host.Answers = true;
        Assert.Equal("same-1", (await client.Predictions.CreateAsync(Some.Request(), GenerationKind.Image)).Id);

        foreach (AtlasCloudClient next in (AtlasCloudClient[])[client, _scene.Client()])
        {
            AtlasCloudException unknown = await Assert.ThrowsAsync<AtlasCloudException>(() => next.Predictions.CreateAsync(Some.Request(), GenerationKind.Image));
            Assert.Equal(AtlasCloudErrorKind.SubmitOutcomeUnknown, unknown.Kind);
        }

        Assert.Single(await _scene.EntriesAsync(), e => e.PredictionId == "same-1");
    }

    [Fact]
    public async Task Submit_whose_response_has_the_ID_of_another_request_is_found_in_the_history()
    {
        string first = await _scene.SubmitAsync("first");
        _scene.Host.FixedId = first;

        Assert.Equal("task-2", await _scene.SubmitAsync("second"));
    }
}
