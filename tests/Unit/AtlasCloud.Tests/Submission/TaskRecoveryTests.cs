using AtlasCloud.Outputs;
using AtlasCloud.Submission;

namespace AtlasCloud.Tests.Journals;

/// <summary>Submits without a response: their tasks are searched in the history, or stay open.</summary>
public sealed class TaskRecoveryTests : IDisposable
{
    private const string Path = "/model/generateImage";
    private const string History = "/model/history";

    private readonly TemporaryFolder _folder = new();
    private readonly FakeClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Lost_task_is_found_in_the_history_and_not_submitted_again()
    {
        StubHandler service = Service(Task("found-1", "a lighthouse"));
        AtlasCloudClient client = Client(service);

        Prediction made = await client.Predictions.CreateAsync(Some.Request() with { Label = "mine" }, GenerationKind.Image);

        Assert.Equal(("found-1", "mine"), (made.Id, made.Label));
        Assert.Single(service.SeenAt(Path));
        JournalEntry entry = Assert.Single(await client.Journal.ListAsync(default));
        Assert.Equal((JournalState.InFlight, "found-1", "mine"), (entry.State, entry.PredictionId, entry.Label));
    }

    [Fact]
    public async Task Lost_task_is_searched_without_filters()
    {
        StubHandler service = Service(Task("found-1", "a lighthouse"));

        await Client(service).Predictions.CreateAsync(Some.Request(), GenerationKind.Image);

        Assert.All(service.SeenAt(History), s => Assert.Equal("/api/v1/model/history?no=1&size=50", s.Path));
        Assert.NotEmpty(service.SeenAt(History));
    }

    [Fact]
    public async Task Lost_tasks_of_several_models_are_settled_by_one_search()
    {
        const string OtherModel = "google/nano-banana-2/edit";
        await FailAsync(Client(Service()));
        StubHandler lost = Some.Service().When(Path, StubReply.Fault(HttpRequestError.ResponseEnded)).When(History, Page());
        GenerationRequest other = Some.Request(OtherModel) with { Images = [MediaSource.Parse("https://example.com/a.png")], SkipValidation = true };
        await Assert.ThrowsAsync<AtlasCloudException>(() => Client(lost).Predictions.CreateAsync(other, GenerationKind.Image));
        string body = lost.SeenAt(Path).Single().Text;
        StubHandler later = Service(Task("found-1", "a lighthouse"), Item("found-2", OtherModel, body));

        List<PendingTask> pending = await PendingAsync(Client(later));

        Assert.Equal(["found-1", "found-2"], pending.Select(p => p.Prediction?.Id).Order());
        Assert.Single(later.SeenAt(History));
    }

    [Fact]
    public async Task Task_that_appears_late_in_the_history_is_found()
    {
        StubHandler service = Some.Service().When(Path, StubReply.Fault(HttpRequestError.ResponseEnded))
            .When(History, Page(), Page(), Page(Task("late-1", "a lighthouse")));

        Assert.Equal("late-1", (await Client(service).Predictions.CreateAsync(Some.Request(), GenerationKind.Image)).Id);
    }

    [Theory]
    [InlineData("another prompt", 0)]
    [InlineData("a lighthouse", -120)]
    [InlineData("a lighthouse", 700)]
    public async Task Task_of_another_request_or_time_is_not_matched(string prompt, int seconds)
    {
        StubHandler service = Service(Task("other-1", prompt, seconds));

        AtlasCloudException unknown = await FailAsync(Client(service));

        Assert.Equal(AtlasCloudErrorKind.SubmitOutcomeUnknown, unknown.Kind);
        JournalEntry entry = Assert.IsType<JournalEntry>(unknown.Target);
        Assert.True(entry.IsOpen);
        Assert.Equal(AtlasCloudErrorReason.OutcomeUnknownInJournal, unknown.Reason);
    }

    [Fact]
    public async Task Ambiguous_tasks_are_not_matched()
    {
        StubHandler service = Service(Task("one-1", "a lighthouse"), Task("two-2", "a lighthouse"));

        Assert.Equal(AtlasCloudErrorKind.SubmitOutcomeUnknown, (await FailAsync(Client(service))).Kind);
    }

    [Fact]
    public async Task Task_with_a_known_submit_is_not_matched_with_another_request()
    {
        StubHandler service = Some.Service().When(Path, Fixture.Reply("submit/image-processing.json"), StubReply.Fault(HttpRequestError.ResponseEnded))
            .When(History, Page(Task(Some.Id, "a lighthouse")));
        AtlasCloudClient client = Client(service);

        Assert.Equal(Some.Id, (await client.Predictions.CreateAsync(Some.Request(), GenerationKind.Image)).Id);

        Assert.Equal(AtlasCloudErrorKind.SubmitOutcomeUnknown, (await FailAsync(client)).Kind);
    }

    [Fact]
    public async Task Task_of_another_process_with_the_same_journal_is_not_matched()
    {
        StubHandler first = Some.Service().When(Path, Fixture.Reply("submit/image-processing.json"));
        await Client(first).Predictions.CreateAsync(Some.Request(), GenerationKind.Image);

        StubHandler second = Service(Task(Some.Id, "a lighthouse"));

        Assert.Equal(AtlasCloudErrorKind.SubmitOutcomeUnknown, (await FailAsync(Client(second))).Kind);
    }

    [Fact]
    public async Task Pending_finds_a_lost_task_of_an_earlier_client()
    {
        await FailAsync(Client(Service()));
        StubHandler later = Service(Task("found-1", "a lighthouse"));

        PendingTask pending = Assert.Single(await PendingAsync(Client(later)));

        Assert.Equal("found-1", pending.Prediction?.Id);
        Assert.Empty(later.SeenAt(Path));
        Assert.Equal(JournalState.InFlight, Assert.Single(await Client(later).Journal.ListAsync(default)).State);
    }

    [Fact]
    public async Task Request_without_a_task_in_an_empty_history_stays_pending()
    {
        await FailAsync(Client(Service()));
        _clock.Advance(TaskRecovery.NotAcceptedAfter + TimeSpan.FromSeconds(1));

        Assert.Equal(AtlasCloudErrorKind.SubmitOutcomeUnknown, Assert.Single(await PendingAsync(Client(Service()))).Failure?.Kind);
        Assert.True(Assert.Single(await Client(Service()).Journal.ListAsync(default)).IsOpen);
    }

    [Fact]
    public async Task Request_stays_pending_while_the_history_has_unknown_tasks_of_that_time()
    {
        // The service may have changed the request in its history; treating it as not accepted could lose a paid result.
        StubHandler service = Service(Task("stranger-1", "a lighthouse, with what the service added"));
        await FailAsync(Client(service));
        _clock.Advance(TaskRecovery.NotAcceptedAfter + TimeSpan.FromSeconds(1));

        PendingTask pending = Assert.Single(await PendingAsync(Client(service)));

        Assert.Contains("not in the journal", pending.Failure?.Message, StringComparison.Ordinal);
        Assert.True(Assert.Single(await Client(service).Journal.ListAsync(default)).IsOpen);
    }

    [Fact]
    public async Task Request_stays_pending_if_the_history_cannot_be_read()
    {
        await FailAsync(Client(Service()));
        _clock.Advance(TaskRecovery.NotAcceptedAfter + TimeSpan.FromSeconds(1));
        StubHandler broken = Some.Service().When(History, Fixture.Reply("errors/401-msg.json"));

        PendingTask pending = Assert.Single(await PendingAsync(Client(broken)));

        Assert.Contains("history", pending.Failure?.Message, StringComparison.Ordinal);
        Assert.True(Assert.Single(await Client(broken).Journal.ListAsync(default)).IsOpen);
    }

    [Fact]
    public async Task Refused_request_is_not_pending()
    {
        StubHandler service = Some.Service().When(Path, Fixture.Reply("errors/402-balance.json"));
        await FailAsync(Client(service));

        Assert.Empty(await PendingAsync(Client(service)));
        Assert.Equal(JournalState.Refused, Assert.Single(await Client(service).Journal.ListAsync(default)).State);
    }

    [Fact]
    public async Task Request_cancelled_in_flight_stays_open()
    {
        using CancellationTokenSource cancellation = new();
        AtlasCloudClient client = Client(Some.Service().When(Path, StubReply.Silence(cancellation.Cancel)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.Predictions.CreateAsync(Some.Request(), GenerationKind.Image, cancellation.Token));

        Assert.Equal(JournalState.Unknown, Assert.Single(await client.Journal.ListAsync(default)).State);
    }

    [Fact]
    public async Task Submitted_prediction_is_pending_in_another_client_until_it_is_saved()
    {
        StubHandler service = Some.Service().When(Path, Fixture.Reply("submit/image-processing.json")).When("/model/prediction/", Some.State("completed", extra: ",\"outputs\":[\"https://example.com/a.png\"],\"price\":\"0.08\""));
        await Client(service).Predictions.CreateAsync(Some.Request() with { Label = "mine" }, GenerationKind.Image);
        AtlasCloudClient later = Client(service);

        Prediction pending = Assert.Single(await PendingAsync(later)).Prediction!;
        Assert.Equal((Some.Id, "mine", Some.ImageModel), (pending.Id, pending.Label, pending.Model));

        // A finished prediction is pending until it is saved.
        Prediction finished = await later.Predictions.WaitAsync(pending);
        JournalEntry entry = Assert.Single(await PendingAsync(Client(service))).Entry;
        Assert.Equal((JournalState.Succeeded, 0.08m), (entry.State, entry.Price));
        await new SaveProgress(later.Records, finished, 1).RecordAsync(new SavedFile { Path = _folder.Path + "/a.png", Length = 3 });
        Assert.Empty(await PendingAsync(Client(service)));
    }

    [Fact]
    public async Task Entry_is_closed_once_its_result_has_expired()
    {
        StubHandler service = Dated(Some.Service().When(Path, Fixture.Reply("submit/image-processing.json")).When("/model/prediction/", Some.State("completed", extra: ",\"outputs\":[\"https://example.com/a.png\"]")));
        await Client(service).Predictions.WaitAsync(await Client(service).Predictions.CreateAsync(Some.Request(), GenerationKind.Image));
        StubHandler ambiguous = Dated(Some.Service().When(Path, StubReply.Fault(HttpRequestError.ResponseEnded)), Task("one-1", "a lighthouse"), Task("two-2", "a lighthouse"));
        await FailAsync(Client(ambiguous));
        Assert.Equal(2, (await PendingAsync(Client(ambiguous))).Count);

        _clock.Advance(TimeSpan.FromDays(16));

        // The response to the submit had no Date header, so the age counts from now.
        Assert.Equal(2, (await PendingAsync(Client(ambiguous))).Count);

        _clock.Advance(TimeSpan.FromDays(16));
        Assert.Empty(await PendingAsync(Client(ambiguous)));
        Assert.All(await Client(ambiguous).Journal.ListAsync(default), e => Assert.Equal(JournalState.Closed, e.State));
    }

    [Fact]
    public async Task Entries_of_another_service_are_ignored()
    {
        await FailAsync(Client(Service()));
        AtlasCloudOptions elsewhere = new() { ApiKey = "apikey-other", BaseUri = new Uri("https://other.example/"), JournalPath = JournalPath };
        AtlasCloudClient other = _folder.Own(new AtlasCloudClient(elsewhere, Service(), _clock));

        Assert.Empty(await PendingAsync(other));
        Assert.Empty(await other.Journal.ListAsync(default));
    }

    [Fact]
    public async Task Journal_contains_no_key_and_prompts_only_with_RecordPrompts()
    {
        StubHandler service = Some.Service().When(Path, Some.Accepted());
        await Client(service).Predictions.CreateAsync(Some.Request(), GenerationKind.Image);
        string text = await File.ReadAllTextAsync(JournalPath);
        Assert.DoesNotContain("lighthouse", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Some.Key, text, StringComparison.Ordinal);

        await Client(service, keepsPrompts: true).Predictions.CreateAsync(Some.Request(), GenerationKind.Image);
        Assert.Contains("a lighthouse", await File.ReadAllTextAsync(JournalPath), StringComparison.Ordinal);
    }

    private string JournalPath => System.IO.Path.Join(_folder.Path, "journal.jsonl");

    private AtlasCloudClient Client(StubHandler service, bool keepsPrompts = false) =>
        _folder.Own(new AtlasCloudClient(new AtlasCloudOptions { ApiKey = Some.Key, JournalPath = JournalPath, RecordPrompts = keepsPrompts }, service, _clock));

    private static async Task<AtlasCloudException> FailAsync(AtlasCloudClient client) =>
        await Assert.ThrowsAsync<AtlasCloudException>(() => client.Predictions.CreateAsync(Some.Request(), GenerationKind.Image));

    private static async Task<List<PendingTask>> PendingAsync(AtlasCloudClient client)
    {
        List<PendingTask> found = [];
        await foreach (PendingTask task in client.Journal.ListPendingAsync(_ => true, default))
        {
            found.Add(task);
        }

        return found;
    }

    private static StubHandler Service(params string[] tasks) =>
        Some.Service().When(Path, StubReply.Fault(HttpRequestError.ResponseEnded)).When(History, Page(tasks));

    // The history comes with the time of the service.
    private StubHandler Dated(StubHandler service, params string[] tasks) => service.When(History, new StubReply(async (request, cancellationToken) =>
    {
        HttpResponseMessage response = await Page(tasks).AnswerAsync(request, cancellationToken);
        response.Headers.Date = _clock.GetUtcNow();
        return response;
    }));

    private string Task(string id, string prompt, int seconds = 1) =>
        Item(id, Some.ImageModel, $$"""{"prompt":"{{prompt}}","model":"{{Some.ImageModel}}"}""", seconds);

    private string Item(string id, string model, string body, int seconds = 1) =>
        $$"""{"ID":"{{id}}","createdAt":"{{_clock.GetUtcNow().ToUnixTimeSeconds() + seconds}}","model":"{{model}}","status":"running","requestBody":{{System.Text.Json.JsonSerializer.Serialize(body)}},"result":null}""";

    private static StubReply Page(params string[] tasks) =>
        StubReply.Json($$"""{"code":"200","data":{"items":[{{string.Join(",", tasks)}}],"pageNo":1,"pageSize":50,"total":{{tasks.Length}} } }""");
}
