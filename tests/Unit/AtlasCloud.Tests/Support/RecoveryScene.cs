namespace AtlasCloud.Tests;

/// <summary>Clients that share a journal and a <see cref="HistoryHost"/>.</summary>
internal sealed class RecoveryScene : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    internal RecoveryScene() => Host = new HistoryHost(Clock);

    internal FakeClock Clock { get; } = new();

    internal HistoryHost Host { get; }

    internal string JournalPath => Path.Join(_folder.Path, "journal.jsonl");

    public void Dispose() => _folder.Dispose();

    /// <summary>A client of another process: it shares only the journal.</summary>
    internal AtlasCloudClient Client(string key = Some.Key, int retries = 3, FakeClock? clock = null) => _folder.Own(new AtlasCloudClient(
        new AtlasCloudOptions { ApiKey = key, JournalPath = JournalPath, MaximumRetryCount = retries }, Host.Connect(), clock ?? Clock, Some.Random()));

    /// <summary>Submits a request that is answered.</summary>
    internal async Task<string> SubmitAsync(string prompt, string key = Some.Key)
    {
        Host.Answers = true;
        return (await Client(key).Predictions.CreateAsync(Some.Request() with { Prompt = prompt }, GenerationKind.Image)).Id;
    }

    /// <summary>Submits a request whose answer is lost while the history is down, so that it stays open.</summary>
    internal async Task LoseAsync(string prompt = "a lighthouse", bool isAccepted = true, string key = Some.Key)
    {
        Host.Answers = false;
        Host.Accepts = isAccepted;
        Func<int, StubReply?>? fault = Host.Fault;
        Host.Fault = _ => StubReply.Text("down", 503);
        AtlasCloudException lost = await Assert.ThrowsAsync<AtlasCloudException>(
            () => Client(key).Predictions.CreateAsync(Some.Request() with { Prompt = prompt }, GenerationKind.Image));
        Assert.Equal(AtlasCloudErrorKind.SubmitOutcomeUnknown, lost.Kind);
        (Host.Fault, Host.Accepts) = (fault, true);
    }

    /// <summary>Loses a request between two others that were answered, and lets a day pass.</summary>
    internal async Task LoseBetweenOthersAsync(bool isAccepted = true)
    {
        await SubmitAsync("before");
        await LoseAsync(isAccepted: isAccepted);
        await SubmitAsync("after");
        Clock.Advance(TimeSpan.FromHours(25));
    }

    /// <summary>Lists the pending requests whose ID is unknown, or was until now.</summary>
    internal async Task<List<PendingTask>> SettleAsync(string key = Some.Key)
    {
        List<PendingTask> found = [];
        await foreach (PendingTask task in Client(key).Journal.ListPendingAsync(e => e.PredictionId is null, default))
        {
            found.Add(task);
        }

        return found;
    }

    /// <summary>All pending requests.</summary>
    internal async Task<List<PendingTask>> PendingAsync(string key = Some.Key)
    {
        List<PendingTask> found = [];
        await foreach (PendingTask task in Client(key).Journal.ListPendingAsync(_ => true, default))
        {
            found.Add(task);
        }

        return found;
    }

    internal async Task<IReadOnlyList<JournalEntry>> EntriesAsync() => await Client().Journal.ListAsync();

    /// <summary>The entry of the request whose ID is, or was, unknown.</summary>
    internal async Task<JournalEntry> LostEntryAsync()
    {
        string text = await File.ReadAllTextAsync(JournalPath);
        return (await EntriesAsync()).Single(e => text.Contains($"\"event\":\"unknown\",\"entry\":\"{e.JournalId}\"", StringComparison.Ordinal));
    }
}
