using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;
using AtlasCloud.Emulation.Webhooks;
using AtlasCloud.Outputs;

namespace AtlasCloud.Tests.Hostile;

/// <summary>A service with one mutated response, and a client that requests it.</summary>
internal sealed class HostileService : IDisposable
{
    private const string Catalog =
        """{"data":[{"model":"a/b","type":"Image","schema":"https://static.atlascloud.ai/model/schema/a-b.json"},{"model":"c/d","type":"Text"}]}""";

    // The test key that signs the samples.
    private static readonly Ed25519Signer s_signer = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    private static readonly BillingQuery s_days = new() { From = new DateOnly(2026, 8, 1), Until = new DateOnly(2026, 8, 26) };

    private readonly string _fixture;
    private readonly byte[] _body;
    private readonly Random _random;
    private readonly int _status;
    private readonly string _contentType;
    private readonly FakeClock _clock = new();
    private TemporaryFolder? _folder;

    internal HostileService(HostileCase of)
    {
        _fixture = of.Fixture;
        _random = new Random(of.Seed);
        byte[] body = Tests.Fixture.Bytes(of.Fixture);
        _body = Mutator.Apply(body, of.Mutation, _random);
        _body = of.Scene == "history of" ? InsideHistory(_body, _random.Next(2) == 0) : _body;

        // Returns an error with its own status, with that of a success, or with one that does not match.
        int known = of.Fixture.StartsWith("errors/", StringComparison.Ordinal) ? Tests.Fixture.Status(of.Fixture) : 200;
        _status = _random.Next(6) switch { 0 => 200, 1 => (int[])[201, 302, 400, 401, 402, 403, 404, 422, 429, 500, 502, 503] is var all ? all[_random.Next(all.Length)] : 200, _ => known };
        _contentType = of.Scene == "stream" && !of.Fixture.StartsWith("errors/", StringComparison.Ordinal) && _random.Next(8) > 0 ? "text/event-stream" : _random.Next(12) == 0 ? "text/html" : "application/json";
    }

    private AtlasCloudOptions Options => new() { ApiKey = Some.Key, MaximumRetryCount = _random.Next(4) == 0 ? 2 : 0, PollTimeout = TimeSpan.FromSeconds(20) };

    public void Dispose() => _folder?.Dispose();

    internal async Task<object?> CatalogAsync()
    {
        AtlasCloudClient client = Client(new StubHandler().When("/", Spoilt()));
        IReadOnlyList<Model> models = await client.Models.ListAsync();
        try
        {
            await client.Models.ResolveAsync("nano banan 2");
        }
        catch (AtlasCloudException exception)
        {
            return (models, exception);
        }

        return models;
    }

    internal async Task<object?> ManagementAsync()
    {
        ManagementResource management = Management();
        return _random.Next(3) switch
        {
            0 => await management.ListProjectsAsync(),
            1 => await management.SetAllowanceAsync(SomeManagement.KeyId, KeyAllowance.Fixed(1m)),
            _ => await management.GetProjectUsageAsync(SomeManagement.ProjectId, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(40)),
        };
    }

    internal async Task<object?> CreationAsync() => _random.Next(2) == 0
        ? await Management().CreateProjectAsync("studio-north", "Pictures")
        : await Management().CreateApiKeyAsync("render-farm", SomeManagement.ProjectId);

    private ManagementResource Management() =>
        new AtlasCloudClient(
            new AtlasCloudOptions { ManagementKey = SomeManagement.Key, MaximumRetryCount = 0 }, new StubHandler().When("/", Spoilt()), _clock, Some.Random()).Management;

    internal async Task<object?> SchemaAsync()
    {
        StubHandler service = new StubHandler().When("/api/v1/models", StubReply.Json(Catalog)).When("/model/schema/", Spoilt()).When("/", Some.Completed());
        AtlasCloudClient client = Client(service);
        Model model = (await client.Models.ListAsync())[0];
        IReadOnlyList<ModelParameter> parameters = (await client.Models.TryGetSchemaAsync(model, Some.NoStop))?.Parameters ?? [];
        Hashtable values = [];
        foreach (ModelParameter parameter in parameters.Take(40).Where(p => _random.Next(3) > 0))
        {
            values[parameter.Name] = _random.Next(5) switch
            {
                0 => parameter.Default,
                1 => parameter.AllowedValues.Count > 0 ? parameter.AllowedValues[^1] : "5",
                2 => _random.Next(-5, 5000),
                3 => new object?[] { "a", 1.5, null },
                _ => "text",
            };
        }

        GenerationRequest request = new()
        {
            Model = "a/b",
            Prompt = "a lighthouse",
            Size = "1024x768",
            Duration = 5,
            Count = 2,
            Seed = 7,
            Images = _random.Next(2) == 0 ? SomeModel.Media("a.png") : SomeModel.Media("a.png", "b.png"),
            Parameters = values,
            SkipValidation = _random.Next(3) == 0,
        };
        return (parameters, await client.Predictions.CreateAsync(request, GenerationKind.Image));
    }

    internal async Task<object?> SubmitAsync() => await Client(Service()).Predictions.CreateAsync(Request(), GenerationKind.Image);

    internal async Task<object?> PollAsync()
    {
        Prediction prediction = await Client(Service()).Predictions.GetAsync(Some.Id);
        string[] names = [.. prediction.Outputs.Take(3).Select(o => new FileNameTemplate(SaveOptions.DefaultNameTemplate + "-{kind}-{role}").Format(prediction, o, _clock.GetUtcNow(), position: 1))];
        return (prediction, names);
    }

    internal async Task<object?> WaitAsync() => await Client(Service()).Predictions.WaitAsync(Some.Prediction());

    internal async Task<object?> HistoryAsync() => await ListAsync(Client(Service()).Predictions.ListHistoryAsync(new HistoryQuery()));

    internal async Task<object?> QuoteAsync() => await Client(Service()).Predictions.QuoteAsync(Request(), GenerationKind.Image);

    internal async Task<object?> UploadAsync()
    {
        _folder = new TemporaryFolder();
        return await Client(Service()).Media.UploadAsync(_folder.Write("a.png", Bytes.Png));
    }

    internal async Task<object?> AssetsAsync() => await Client(Service()).Assets.ListAsync();

    /// <summary>Registers an asset, waits for it, renames it and uses it.</summary>
    internal async Task<object?> AssetAsync()
    {
        AssetResource assets = Client(Service()).Assets;
        Asset asset = await assets.WaitAsync(await assets.RegisterAsync(MediaSource.Parse("https://media.example.com/walk.mp4")), TimeSpan.FromSeconds(6));
        asset = await assets.RenameAsync(asset.Id, "walk");
        return (asset, asset.ToString(), asset.ToMediaSource().Value);
    }

    internal async Task<object?> BalanceAsync() => await Client(Service()).Account.GetBalanceAsync();

    internal async Task<object?> UsageAsync() => await ListAsync(Client(Service()).Account.ListUsageAsync(s_days));

    internal async Task<object?> CostsAsync() => await ListAsync(Client(Service()).Account.ListCostsAsync(s_days));

    internal async Task<object?> ChatAsync(bool stream)
    {
        string protocol = SomeChat.AllProtocols[_random.Next(SomeChat.AllProtocols.Length)];
        ChatRequest request = SomeChat.Request(protocol) with { Protocol = protocol, MaximumToolRounds = 2 };
        request = _random.Next(3) switch
        {
            0 => request with { Tools = [new ChatTool { Name = "get_weather", Parameters = new Hashtable() }], RunTool = (_, _) => Task.FromResult(new ChatToolResult("sunny")) },
            1 => request with { JsonSchema = [] },
            _ => request,
        };
        StubHandler service = new StubHandler().When("/api/v1/models", StubReply.Of(200, Tests.Fixture.Bytes("models.json"), "application/json")).When("/", Spoilt());
        AtlasCloudClient client = Client(service);
        if (!stream)
        {
            return await client.Chat.CompleteAsync(request);
        }

        return await ListAsync(client.Chat.StreamAsync(request));
    }

    internal async Task<object?> DownloadAsync()
    {
        _folder = new TemporaryFolder();
        Output output = new() { Value = "https://storage.atlascloud.ai/a.png", Uri = new Uri("https://storage.atlascloud.ai/a.png") };
        string path = (await Client(new StubHandler().When("/", Spoilt())).Outputs.SaveAsync(output, _folder.Path, "a")).Path;
        return Path.GetFileName(path);
    }

    /// <summary>A webhook delivery with one mutated part: the keys, the headers or the body.</summary>
    internal async Task<object?> WebhookAsync()
    {
        bool isKeys = Path.GetFileName(_fixture).StartsWith("jwks", StringComparison.Ordinal);
        string sample = isKeys ? "webhook/video-ok" : _fixture[..^(_fixture.EndsWith(".body.json", StringComparison.Ordinal) ? ".body.json" : ".headers.json").Length];
        bool isBody = !isKeys && _fixture.EndsWith(".body.json", StringComparison.Ordinal);
        Dictionary<string, string> headers = JsonSerializer.Deserialize<Dictionary<string, string>>(Tests.Fixture.Bytes(sample + ".headers.json"))!;
        byte[] body = isBody ? _body : Tests.Fixture.Bytes(sample + ".body.json");
        return await VerifyAsync(isKeys || isBody ? headers : HeadersIn(_body), body, isKeys ? Spoilt() : Tests.Fixture.Reply("webhook/jwks.json"), headers);
    }

    /// <summary>A mutated body with a valid signature, as a faulty service would send it.</summary>
    internal async Task<object?> SignedWebhookAsync()
    {
        Dictionary<string, string> headers = JsonSerializer.Deserialize<Dictionary<string, string>>(
            Tests.Fixture.Bytes(_fixture.Replace(".body.json", ".headers.json", StringComparison.Ordinal)))!;
        byte[] signature = s_signer.Sign([.. Encoding.ASCII.GetBytes(headers["X-AtlasCloud-Webhook-Timestamp"] + "."), .. _body]);
        headers["X-AtlasCloud-Webhook-Signature-Ed25519"] = Convert.ToBase64String(signature).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return await VerifyAsync(headers, _body, Tests.Fixture.Reply("webhook/jwks.json"), headers);
    }

    private async Task<object?> VerifyAsync(IEnumerable<KeyValuePair<string, string>> headers, byte[] body, StubReply keys, Dictionary<string, string> real)
    {
        _clock.SetWall(DateTimeOffset.FromUnixTimeSeconds(long.Parse(real["X-AtlasCloud-Webhook-Timestamp"], CultureInfo.InvariantCulture)) - _clock.GetUtcNow());
        return await Client(new StubHandler().When("/", keys)).Webhooks.VerifyAsync(headers, body);
    }

    // Headers that are no longer valid JSON are read line by line, as a careless receiver would.
    private static IEnumerable<KeyValuePair<string, string>> HeadersIn(byte[] text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind != JsonValueKind.Object ? []
                : [.. document.RootElement.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, p.Value.ToString()))];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return [.. Encoding.Latin1.GetString(text).Split('\n').Select(l => l.Split(':', 2)).Where(l => l.Length == 2)
                .Select(l => KeyValuePair.Create(l[0].Trim(' ', '"'), l[1].Trim(' ', '"', ',', '\r')))];
        }
    }

    private static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> source)
    {
        List<T> items = [];
        await foreach (T item in source)
        {
            items.Add(item);
        }

        return items;
    }

    private StubHandler Service() => new StubHandler().When("/api/v1/models", StubReply.Json(Catalog)).When("/model/schema/", StubReply.Json("{}", 404)).When("/", Spoilt());

    private static GenerationRequest Request() => new() { Model = "a/b", Prompt = "a lighthouse" };

    private AtlasCloudClient Client(StubHandler service) => new(Options, service, _clock, _random);

    private StubReply Spoilt() => StubReply.Of(_status, _body, _contentType, ("X-Request-ID", "req_1"), ("Retry-After", _random.Next(3) == 0 ? "99999999999" : "2"));

    private static byte[] InsideHistory(byte[] request, bool asText) =>
    [
        .. """{"code":200,"data":{"total":1,"items":[{"ID":"a","status":"completed","requestBody":"""u8,
        .. asText ? Encoding.UTF8.GetBytes(JsonSerializer.Serialize(Encoding.UTF8.GetString(request))) : request,
        .. "}]}}"u8,
    ];
}
