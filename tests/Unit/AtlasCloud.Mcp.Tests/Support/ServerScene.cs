using System.IO.Pipelines;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace AtlasCloud.Mcp.Tests.Support;

/// <summary>A server with an emulator as the service, and the client of the official SDK.</summary>
internal sealed class ServerScene : IAsyncDisposable
{
    /// <summary>An image model of the catalog, with a price per image.</summary>
    internal const string ImageModel = "z-image/turbo";

    /// <summary>A model of the catalog with rates per token.</summary>
    internal const string ChatModel = "deepseek-ai/deepseek-v3.2";

    /// <summary>Only a hang takes this long.</summary>
    internal static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    // The server must not depend on the threads of the test runner.
    private static readonly PipeOptions s_pipeOptions = new(useSynchronizationContext: false);

    private readonly Pipe _toServer = new(s_pipeOptions);
    private readonly Pipe _toClient = new(s_pipeOptions);
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _outputClosed = new();
    private readonly List<string> _log = [];

    private ServerScene(Emulator emulator, TemporaryFolder folder, AtlasCloudClient atlas) => (Emulator, Folder, Atlas) = (emulator, folder, atlas);

    internal Emulator Emulator { get; }

    internal TemporaryFolder Folder { get; }

    internal AtlasCloudClient Atlas { get; }

    internal McpClient Client { get; private set; } = null!;

    /// <summary>Completes when the server has ended.</summary>
    internal Task Running { get; private set; } = null!;

    /// <summary>The folder for results.</summary>
    internal string Output => Path.Join(Folder.Path, "out");

    /// <summary>The folder for input files.</summary>
    internal string Input => Path.Join(Folder.Path, "in");

    /// <summary>The stream that the client writes to, for tests without a client.</summary>
    internal Stream ToServer => _toServer.Writer.AsStream();

    /// <summary>The stream that the client reads, for tests without a client.</summary>
    internal Stream FromServer => _toClient.Reader.AsStream();

    /// <summary>What the server wrote for the user.</summary>
    internal string Log
    {
        get
        {
            lock (_log)
            {
                return string.Join('\n', _log);
            }
        }
    }

    /// <summary>The number of submits that the service received.</summary>
    internal int Submits => Emulator.Ledger.Count(e => e.Method == "POST" && e.Path.Contains("/model/generate", StringComparison.Ordinal));

    /// <summary>Starts a server, and a client unless the test writes to the streams itself.</summary>
    internal static async Task<ServerScene> StartAsync(
        AtlasMcpOptions? options = null, decimal? budget = 5, EmulatorOptions? emulator = null, TimeProvider? clock = null, bool hasClient = true, TimeProvider? atlasClock = null)
    {
        TemporaryFolder folder = new();
        Emulator service = Emulator.Start(emulator ?? new EmulatorOptions { TimeScale = 0 });
        AtlasCloudClient atlas = new(new AtlasCloudOptions
        {
            ApiKey = service.ApiKey,
            BaseUri = service.BaseUri,
            LlmBaseUri = service.BaseUri,
            PollInterval = TimeSpan.FromMilliseconds(20),
            Budget = budget,
            JournalPath = Path.Join(folder.Path, "journal.jsonl"),
        }, clock: atlasClock);
        ServerScene scene = new(service, folder, atlas);
        Directory.CreateDirectory(scene.Input);
        options ??= new AtlasMcpOptions();
        AtlasMcpServer server = new(atlas, options with { OutputRoot = options.OutputRoot ?? scene.Output, InputRoot = options.InputRoot ?? scene.Input }, scene.Add, clock);
        scene.Running = server.RunAsync(scene._toServer.Reader.AsStream(), new ClosableStream(scene._toClient.Writer.AsStream(), scene._outputClosed.Token), scene._stop.Token);
        if (hasClient)
        {
            Task<McpClient> connecting = McpClient.CreateAsync(new StreamClientTransport(scene.ToServer, scene.FromServer));
            if (await Task.WhenAny(connecting, scene.Running) == scene.Running)
            {
                await scene.Running;
            }

            scene.Client = await connecting;
        }

        return scene;
    }

    /// <summary>Calls a tool and returns its structured result.</summary>
    internal async Task<JsonElement> CallAsync(string tool, object? arguments = null)
    {
        CallToolResult result = await CallRawAsync(tool, arguments);
        Assert.False(result.IsError == true, result.StructuredContent?.GetRawText());
        return result.StructuredContent!.Value;
    }

    /// <summary>Calls a tool that fails, and returns the error.</summary>
    internal async Task<JsonElement> FailAsync(string tool, object? arguments = null)
    {
        CallToolResult result = await CallRawAsync(tool, arguments);
        Assert.True(result.IsError, result.StructuredContent?.GetRawText());
        return result.StructuredContent!.Value.GetProperty("error");
    }

    internal async Task<CallToolResult> CallRawAsync(string tool, object? arguments = null, IProgress<ProgressNotificationValue>? progress = null, CancellationToken cancellationToken = default)
    {
        Dictionary<string, object?> values = JsonSerializer.SerializeToElement(arguments ?? new { })
            .EnumerateObject().ToDictionary(p => p.Name, p => (object?)p.Value);
        return await Client.CallToolAsync(tool, values, progress, cancellationToken: cancellationToken);
    }

    /// <summary>Submits an image, and returns the ID of the prediction.</summary>
    internal async Task<string> GenerateAsync(string prompt) =>
        (await CallAsync("generate_image", new { model = ImageModel, prompt })).GetProperty("prediction").GetProperty("prediction_id").GetString()!;

    /// <summary>The price of an image.</summary>
    internal async Task<decimal> PriceAsync() => (await CallAsync("quote", new { model = ImageModel, prompt = "a boat" })).GetProperty("price").GetDecimal();

    /// <summary>Ends the server as Ctrl+C does.</summary>
    internal void Stop() => _stop.Cancel();

    /// <summary>Closes the stream to the server.</summary>
    internal void CloseInput() => _toServer.Writer.Complete();

    /// <summary>Closes the stream from the server.</summary>
    internal void CloseOutput()
    {
        _outputClosed.Cancel();
        _toClient.Reader.Complete();
    }

    public async ValueTask DisposeAsync()
    {
        if (Client is not null)
        {
            await Client.DisposeAsync();
        }

        await _stop.CancelAsync();
        CloseInput();
        CloseOutput();
        await Running;
        _stop.Dispose();
        _outputClosed.Dispose();
        await Atlas.DisposeAsync();
        await Emulator.DisposeAsync();
        Folder.Dispose();
    }

    private void Add(string line)
    {
        lock (_log)
        {
            _log.Add(line);
        }
    }
}
