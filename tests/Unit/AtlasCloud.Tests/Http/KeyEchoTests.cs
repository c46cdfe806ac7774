using AtlasCloud.Json;

namespace AtlasCloud.Tests;

/// <summary>A service that repeats the API key in whatever it answers. No object, file, file name, message or log contains it.</summary>
public sealed class KeyEchoTests
{
    public static TheoryData<string> Echoes =>
    [
        Some.Key,
        Some.Key.ToUpperInvariant(),
        Some.Key.Replace("c7e5", "c7\u200Be5", StringComparison.Ordinal),
        Some.Key.Replace("c7e5", @"c7\u200be5", StringComparison.Ordinal),
        Some.Key.Replace("c7e5", @"\u00637e5", StringComparison.Ordinal),
        Some.Key.Replace("c7e5", "c7\u202Ee5", StringComparison.Ordinal),
        Some.Key.Replace("c7e5", "%637e5", StringComparison.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Echoes))]
    public async Task Key_in_a_prediction_reaches_no_object_file_name_or_file(string echo)
    {
        using TemporaryFolder folder = new();
        string journal = Path.Join(folder.Path, "journal.jsonl");
        string outputs = Path.Join(folder.Path, "outputs");
        string body = $$"""
            {"code":200,"message":"{{echo}}","data":{"id":"{{Some.Id}}","model":"a/{{echo}}","status":"completed","error":"{{echo}}",
             "outputs":["text {{echo}}","https://storage.atlascloud.ai/{{echo}}.png?k={{echo}}"],"extra":{"{{echo}}":["{{echo}}",{"{{echo}}":"{{echo}}"}]},"{{echo}}":"x"} }
            """;
        StubReply reply = StubReply.Json(body, 200, ("X-Request-ID", Some.Key), ("ETag", $"\"{Some.Key}\""));
        StubHandler service = Some.Service().When("/model/generateImage", reply).When("/model/prediction/", reply)
            .When(".png", StubReply.Of(200, Bytes.Png, "image/png"));
        AtlasCloudOptions options = new() { ApiKey = Some.Key, JournalPath = journal };
        List<string> log = [];
        Prediction made;
        using (new AtlasCloudLog((_, message) => { lock (log) { log.Add(message); } }, includeBodies: true).Listen())
        using (AtlasCloudClient client = Some.Client(service, options: options))
        {
            made = await client.Predictions.CreateAsync(Some.Request(), GenerationKind.Image);
            OutputSaver saver = client.Outputs.CreateSaver(new SaveOptions { Folder = outputs, WriteMetadata = true, IncludeAll = true });
            foreach (PlannedFile file in (await saver.PlanAsync(made)).Files)
            {
                try
                {
                    await saver.SaveAsync(file);
                }
                catch (AtlasCloudException exception)
                {
                    // Text is no output of an image model.
                    AssertNoKey(exception.ToString());
                }
            }
        }

        AssertNoKey(JsonText.Write(JsonValues.ToJson(made.AdditionalProperties)));
        AssertNoKey($"{made} {made.Model} {made.Error} {made.RequestId} {string.Join(' ', made.Outputs.Select(o => $"{o} {o.Value} {o.Uri}"))}");
        Assert.All(log, AssertNoKey);
        Assert.Contains(log, m => m.Contains("***", StringComparison.Ordinal));
        string[] files = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories);
        Assert.Contains(files, f => f.EndsWith(".json", StringComparison.Ordinal));
        foreach (string file in files)
        {
            AssertNoKey(file);
            AssertNoKey(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        }
    }

    [Theory]
    [MemberData(nameof(Echoes))]
    public async Task Key_in_an_error_reaches_no_exception(string echo)
    {
        foreach (StubReply reply in new[]
        {
            StubReply.Json($$"""{"code":400,"msg":"no {{echo}}","request_id":"{{echo}}"}""", 400),
            StubReply.Json($$"""{"code":520,"msg":"{{new string('x', 490)}}{{echo}}"}"""),
            StubReply.Text($"<html><title>Denied for {echo}</title></html>", 403, "text/html"),
            StubReply.Text($"plain {echo}", 500),
            StubReply.Fault(new HttpRequestException(HttpRequestError.InvalidResponse, "outer", new InvalidOperationException($"Received an invalid header line: '{Some.Key}'."))),
        })
        {
            StubHandler service = Some.Service().When("/model/generateImage", reply);

            AtlasCloudException failed = await Assert.ThrowsAsync<AtlasCloudException>(
                () => Some.Client(service).Predictions.CreateAsync(Some.Request(), GenerationKind.Image));

            AssertNoKey($"{failed} {failed.ServerMessage} {failed.RequestId}");
        }
    }

    [Fact]
    public async Task Debug_text_that_is_cut_within_the_key_does_not_contain_its_beginning()
    {
        // Not of the usual form, which is masked by its prefix alone.
        AtlasCloudOptions options = new() { ApiKey = "very-own-secret-3f9a1c7e5b2d4860" };
        List<string> log = [];
        for (int length = 8100; length < 8230; length++)
        {
            StubHandler service = new(StubReply.Json($$"""{"x":"{{new string('x', length)}}{{"very-own-secret-3f9a1c7e5b2d4860"}}"}"""));
            using IDisposable listening = new AtlasCloudLog((_, message) => log.Add(message), includeBodies: true).Listen();
            await Some.Pipeline(service, options: options).SendAsync(Some.Read(), Some.NoStop);
        }

        Assert.All(log, m => Assert.DoesNotContain("very-own", m, StringComparison.Ordinal));
        Assert.Contains(log, m => m.EndsWith('…'));
    }

    [Theory]
    [MemberData(nameof(Echoes))]
    public async Task Key_in_catalog_and_history_reaches_no_object(string echo)
    {
        StubHandler service = new StubHandler()
            .When("/api/v1/models", StubReply.Json($$"""{"code":200,"data":[{"model":"a/{{echo}}","type":"Image","displayName":"{{echo}}","tags":["{{echo}}"],"{{echo}}":"{{echo}}"}]}"""))
            .When("/model/history", StubReply.Json($$"""{"code":200,"data":{"items":[{"id":"{{Some.Id}}","model":"{{echo}}","status":"completed","note":"{{echo}}","outputs":["{{echo}}"]}],"total":1} }"""));
        AtlasCloudClient client = Some.Client(service);

        IReadOnlyList<Model> models = await client.Models.ListAsync(cancellationToken: Some.NoStop);
        List<Prediction> history = [];
        await foreach (Prediction task in client.Predictions.ListHistoryAsync(new HistoryQuery()))
        {
            history.Add(task);
        }

        Assert.NotEmpty(models);
        Assert.NotEmpty(history);
        AssertNoKey(string.Concat(models.Select(m => $"{m.Id} {m} {JsonText.Write(JsonValues.ToJson(m.AdditionalProperties))}")));
        AssertNoKey(string.Concat(history.Select(p => $"{p.Model} {string.Join(' ', p.Outputs.Select(o => o.Value))} {JsonText.Write(JsonValues.ToJson(p.AdditionalProperties))}")));
    }

    [Fact]
    public async Task Key_that_is_split_between_the_events_of_a_stream_is_masked()
    {
        string[] pieces = ["Your key: api", "key-3f9", "a1c7e5b2d", "4860", ", which is ", Some.Key, " again apikey-3f"];
        StubHandler service = SomeChat.Service(SomeAnswer.Events(
        [
            .. pieces.Select(p => $$$"""{"choices":[{"delta":{"content":"{{{p}}}","reasoning_content":"{{{p}}}"}}]}"""),
            """{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c","function":{"name":"f","arguments":"{\"k\":\"apikey-3f9a"}}]}}]}""",
            """{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"1c7e5b2d4860\"}"}}]},"finish_reason":"tool_calls"}]}""",
            "[DONE]",
        ]));

        List<ChatChunk> chunks = await SomeChat.StreamAsync(service);

        const string Expected = "Your key: api***, which is *** again apikey-3f";
        ChatReply reply = chunks[^1].Reply!;
        Assert.Equal(Expected, reply.Text);
        Assert.Equal(Expected, reply.Reasoning);
        Assert.Equal(Expected, string.Concat(chunks.Select(c => c.Text)));
        Assert.Equal(Expected, string.Concat(chunks.Select(c => c.Reasoning)));
        Assert.Equal("{\"k\":\"***\"}", reply.ToolCalls[0].Arguments);
    }

    private static void AssertNoKey(string text)
    {
        string visible = string.Concat(Decode(text).Where(c => !char.IsControl(c) && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format));
        Assert.DoesNotContain(Some.Key[7..], visible, StringComparison.OrdinalIgnoreCase);
    }

    private static string Decode(string text) => System.Text.RegularExpressions.Regex.Replace(
        Uri.UnescapeDataString(text), @"\\u([0-9A-Fa-f]{4})", m => ((char)Convert.ToInt32(m.Groups[1].Value, 16)).ToString());
}
