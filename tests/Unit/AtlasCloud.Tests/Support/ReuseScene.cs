using AtlasCloud.Journal;

namespace AtlasCloud.Tests;

/// <summary>A service that accepts each submit with another ID, and clients that share only a journal, as the runs of a script do.</summary>
internal sealed class ReuseScene : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StubReply _accepted = Some.Accepted();

    internal ReuseScene(bool skipsDelays = true)
    {
        Clock = new FakeClock { SkipsDelays = skipsDelays };
        Submit = _accepted;
        Poll = new((request, cancellationToken) => Some.Completed(request.RequestUri!.Segments[^1]).AnswerAsync(request, cancellationToken));
        Host = Some.Service()
            .When("/model/generateImage", new StubReply((request, cancellationToken) => Submit.AnswerAsync(request, cancellationToken)))
            .When("/model/prediction/", new StubReply((request, cancellationToken) => Poll.AnswerAsync(request, cancellationToken)))
            .When("/model/uploadMedia", new StubReply((request, cancellationToken) =>
                StubReply.Json($$$"""{"code":200,"data":{"download_url":"https://static.atlascloud.ai/media/{{{Guid.NewGuid():N}}}.png"} }""").AnswerAsync(request, cancellationToken)))
            .When("/model/result/", StubReply.Json("""{"code":404,"msg":"not found"}""", 404))
            .When("/model/getResult", StubReply.Json("""{"code":404,"msg":"not found"}""", 404))
            .When("/outputs/", StubReply.Of(200, Bytes.Png, "image/png"));
    }

    internal FakeClock Clock { get; }

    internal StubHandler Host { get; }

    internal string Folder => _folder.Path;

    internal string JournalPath => Path.Join(Folder, "journal.jsonl");

    /// <summary>The answer to a submit. Default: accepted, in flight.</summary>
    internal StubReply Submit { get; set; }

    /// <summary>The answer to a status request. Default: completed with one image.</summary>
    internal StubReply Poll { get; set; }

    /// <summary>The number of requests that were submitted.</summary>
    internal int Submits => Host.SeenAt("/model/generate").Count;

    public void Dispose() => _folder.Dispose();

    internal AtlasCloudClient Client(string key = Some.Key, string uri = "https://api.atlascloud.ai", string? journal = null, decimal? budget = null, TimeProvider? clock = null) => _folder.Own(new AtlasCloudClient(
        new AtlasCloudOptions { ApiKey = key, BaseUri = new Uri(uri), JournalPath = journal ?? JournalPath, Budget = budget }, Host, clock ?? Clock, Some.Random()));

    internal string Write(string name, byte[] content) => _folder.Write(name, content);

    /// <summary>One run of the script: creates the predictions of the requests, in order.</summary>
    internal async Task<Prediction[]> RunAsync(IEnumerable<GenerationRequest> requests, ReuseOptions? options = null, AtlasCloudClient? client = null)
    {
        ReuseRun run = (client ?? Client()).Predictions.StartReuse();
        options ??= new ReuseOptions();
        List<Prediction> predictions = [];
        foreach (GenerationRequest request in requests)
        {
            predictions.Add(await CreateAsync(run, request, options));
        }

        return [.. predictions];
    }

    internal Task<Prediction[]> RunAsync(params string[] prompts) => RunAsync(prompts.Select(p => Some.Request() with { Prompt = p }));

    internal static Task<Prediction> CreateAsync(ReuseRun run, GenerationRequest request, ReuseOptions? options = null) =>
        run.CreateAsync(request, GenerationKind.Image, options ?? new ReuseOptions(), null, null, Some.NoStop, Some.NoStop);

    internal async Task<AtlasCloudException> FailAsync(GenerationRequest? request = null, ReuseOptions? options = null) =>
        await Assert.ThrowsAsync<AtlasCloudException>(() => RunAsync([request ?? Some.Request()], options));

    /// <summary>Waits for predictions and saves them into a folder, as a script does after the submit.</summary>
    internal async Task<SavedFile[]> SaveAsync(IEnumerable<Prediction> predictions, string folder = "out", bool overwrite = false)
    {
        AtlasCloudClient client = Client();
        OutputSaver saver = client.Outputs.CreateSaver(new SaveOptions { Folder = Path.Join(Folder, folder), Overwrite = overwrite });
        List<SavedFile> files = [];
        foreach (Prediction prediction in predictions)
        {
            SavePlan plan = await saver.PlanAsync(await client.Predictions.WaitAsync(prediction));
            files.AddRange(plan.SavedFiles);
            foreach (PlannedFile file in plan.Files)
            {
                files.Add(await saver.SaveAsync(file));
            }
        }

        return [.. files];
    }

    /// <summary>Appends an intent of a process that has ended, or of another running one.</summary>
    internal async Task<string> ReserveAsync(int process, string? start = null, string prompt = "a lighthouse")
    {
        await RunAsync(prompt);
        string[] lines = await File.ReadAllLinesAsync(JournalPath);
        string intent = lines.First(l => l.Contains("\"event\":\"intent\"", StringComparison.Ordinal));
        System.Text.Json.Nodes.JsonNode node = System.Text.Json.Nodes.JsonNode.Parse(intent)!;
        node["process"] = process;
        node["process_start"] = start;
        await File.WriteAllTextAsync(JournalPath, node.ToJsonString() + "\n");
        return node["entry"]!.GetValue<string>();
    }

    internal async Task<IReadOnlyList<JournalEntry>> EntriesAsync() => await Client().Journal.ListAsync();

    internal JournalFile Journal() => _folder.Own(JournalFile.Open(JournalPath, Clock)!);
}
