using System.Globalization;
using System.Text.Json;
using AtlasCloud.Chat;
using AtlasCloud.Chat.Protocols;
using AtlasCloud.Journal;
using AtlasCloud.Json;
using AtlasCloud.JsonSchema;
using AtlasCloud.Models;
using AtlasCloud.Requests;
using BenchmarkDotNet.Attributes;

namespace AtlasCloud.MicroBench;

/// <summary>What runs once for each event, request or journal entry.</summary>
public class HotPaths
{
    private const string Key = "apikey-bench-0123456789abcdef";

    private static readonly byte[] s_event = """
        {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1790000000,"model":"bench/chat","choices":[{"index":0,"delta":{"content":"word "},"finish_reason":null}]}
        """u8.ToArray();

    private readonly ChatCompletions _protocol = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("atlascloud-microbench-").FullName;
    private GenerationRequest _request = new() { Model = "" };
    private ModelSchema _schema = null!;
    private JsonElement _body;
    private JournalFile _journal = null!;
    private int _entries;

    /// <summary>Reads the schema and opens a journal.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Join(AppContext.BaseDirectory, "schema.json")));
        _schema = SchemaReader.Read(document.RootElement.Clone(), "google/nano-banana-2/text-to-image")!;
        _request = new GenerationRequest { Model = "google/nano-banana-2/text-to-image", Prompt = "a paper boat on a river at dawn", AspectRatio = "16:9", Seed = 7 };
        _body = JsonText.ToElement(RequestComposer.Compose(_request, null, _schema).Body);
        _journal = JournalFile.Open(Path.Join(_folder, "journal.jsonl"), TimeProvider.System)!;
    }

    /// <summary>Deletes the journal.</summary>
    [GlobalCleanup]
    public async Task DeleteAsync()
    {
        await _journal.DisposeAsync().ConfigureAwait(false);
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Parses an event of a chat stream.</summary>
    [Benchmark]
    public object? ParseEvent() => _protocol.ReadEvent(ChatStreamItem.Parse(s_event, Key).Json!.Value);

    /// <summary>Composes and checks a request.</summary>
    [Benchmark]
    public object ComposeRequest() => RequestComposer.Compose(_request, null, _schema);

    /// <summary>Validates a body against the schema of its model.</summary>
    [Benchmark]
    public object Validate() => SchemaValidator.Validate(_body, _schema.Input);

    /// <summary>Records 50 entries concurrently, and waits until all are on disk.</summary>
    [Benchmark(OperationsPerInvoke = 50)]
    public Task AppendAsync() => Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _journal.AppendIntentAsync(
        new JournalIntent("bench/picture", Interlocked.Increment(ref _entries).ToString("x64", CultureInfo.InvariantCulture)) { Kind = ModelKind.Image },
        onNotSent: null,
        CancellationToken.None)));
}
