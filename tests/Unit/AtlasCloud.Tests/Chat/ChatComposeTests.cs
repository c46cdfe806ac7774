using System.Collections;
using System.Text.Json.Nodes;

namespace AtlasCloud.Tests;

/// <summary>What is sent, compared with the recorded requests.</summary>
public sealed class ChatComposeTests
{
    private const string Pixel = "data:image/png;base64,iVBORw0KGgo=";

    public static TheoryData<string> Protocols => SomeChat.Protocols;

    [Theory]
    [InlineData("chat-basic.json", SomeChat.Completions)]
    [InlineData("responses-basic.json", SomeChat.Responses)]
    [InlineData("messages-basic.json", SomeChat.Claude)]
    [InlineData("gemini-basic.json", SomeChat.Gemini)]
    public async Task Body_of_a_simple_request_matches_the_recorded_one(string file, string protocol)
    {
        ChatRequest request = file switch
        {
            "chat-basic.json" => Ask(protocol, "You are a helpful assistant.") with { MaximumTokens = 256, Temperature = 0.7 },
            "responses-basic.json" => Ask(protocol, null) with { MaximumTokens = 256 },
            "gemini-basic.json" => Ask(protocol, "Be brief") with { MaximumTokens = 256, Temperature = 0.7, TopP = 0.95 },
            _ => Ask(protocol, "Be brief"),
        };

        AssertJson(JsonNode.Parse(Fixture.Bytes("requests/" + file))!, await SentAsync(request));
    }

    [Fact]
    public async Task Body_with_three_kinds_of_media_matches_the_recorded_one()
    {
        JsonNode expected = JsonNode.Parse(Fixture.Bytes("requests/chat-multimodal.json"))!;
        JsonArray parts = expected["messages"]![0]!["content"]!.AsArray();
        string image = parts[1]!["image_url"]!["url"]!.ToString();
        parts[1]!["image_url"]!.AsObject().Remove("detail");
        StubHandler service = SomeChat.Service(SomeAnswer.Of(SomeChat.Completions, stream: true, "A dot."));

        await SomeChat.StreamAsync(service, new ChatRequest
        {
            Model = "qwen/qwen3-vl-8b-instruct",
            Messages = [SomeChat.User("Describe what you see and hear")],
            Images = [MediaSource.Parse(image)],
            Videos = [MediaSource.Parse("https://static.atlascloud.ai/media/videos/clip.mp4")],
            Audios = [MediaSource.Parse("data:audio/wav;base64," + parts[3]!["input_audio"]!["data"])],
        });

        AssertJson(expected, SomeChat.Questions(service).Single().Json);
    }

    [Fact]
    public async Task Body_with_an_image_on_Responses_matches_the_recorded_one() => AssertJson(
        JsonNode.Parse(Fixture.Bytes("requests/responses-image.json"))!,
        await SentAsync(new ChatRequest
        {
            Model = SomeChat.ModelOf(SomeChat.Responses),
            Messages = [SomeChat.User("What is in this picture?")],
            Images = [MediaSource.Parse("https://static.atlascloud.ai/media/images/6b0c1c1f.png")],
            MaximumTokens = 200,
        }));

    [Fact]
    public async Task Body_with_media_on_Gemini_matches_the_recorded_one()
    {
        JsonNode expected = JsonNode.Parse(Fixture.Bytes("requests/gemini-media.json"))!;

        JsonObject sent = await SentAsync(new ChatRequest
        {
            Model = SomeChat.ModelOf(SomeChat.Gemini),
            Messages = [SomeChat.User("Compare the two.")],
            Images = [MediaSource.Parse("data:image/png;base64," + At(expected, "$.contents[0].parts[1].inline_data.data"))],
            Videos = [MediaSource.Parse("https://static.atlascloud.ai/media/videos/71c8e5f0.mp4")],
            MaximumTokens = 200,
        });

        AssertJson(expected, sent);
    }

    [Fact]
    public async Task Body_with_tools_matches_the_recorded_one()
    {
        JsonNode expected = JsonNode.Parse(Fixture.Bytes("requests/chat-tools.json"))!;
        expected["stream"] = false;

        JsonObject sent = await SentAsync(new ChatRequest { Model = "zai-org/glm-5", Messages = [SomeChat.User("Weather in Oslo?")], Tools = [Weather] });

        AssertJson(expected, sent);
    }

    [Theory]
    [InlineData(SomeChat.Responses, "$.tools[0].parameters")]
    [InlineData(SomeChat.Claude, "$.tools[0].input_schema")]
    [InlineData(SomeChat.Gemini, "$.tools[0].functionDeclarations[0].parameters")]
    public async Task Tool_parameters_are_placed_as_the_protocol_requires(string protocol, string path)
    {
        JsonObject sent = await SentAsync(SomeChat.Request(protocol) with { Tools = [Weather] });

        AssertJson(JsonNode.Parse("""{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}""")!, At(sent, path)!);
    }

    [Theory]
    [InlineData(SomeChat.Completions, "/v1/chat/completions", "$.stop[0]", "$.seed", "$.reasoning_effort", "high")]
    [InlineData(SomeChat.Claude, "/v1/messages", "$.stop_sequences[0]", null, "$.thinking.budget_tokens", "16384")]
    [InlineData(SomeChat.Gemini, "/v1/models/google/gemini-2.5-flash:generateContent", "$.generationConfig.stopSequences[0]", "$.generationConfig.seed", "$.generationConfig.thinkingConfig.thinkingBudget", "24576")]
    public async Task Stop_seed_and_reasoning_effort_use_the_names_of_the_protocol(string protocol, string path, string stop, string? seed, string effort, string effortValue)
    {
        StubHandler service = SomeChat.Service(SomeAnswer.Of(protocol, stream: false, "Hi"));

        await SomeChat.AskAsync(service, SomeChat.Request(protocol) with { Stop = ["END"], Seed = seed is null ? null : 7, ReasoningEffort = "high" });

        SeenRequest sent = SomeChat.Questions(service).Single();
        Assert.Equal(path, sent.Path);
        Assert.Equal("END", At(sent.Json, stop)!.ToString());
        Assert.Equal(effortValue, At(sent.Json, effort)!.ToString());
        Assert.Equal(seed is null ? null : "7", seed is null ? null : At(sent.Json, seed)!.ToString());
    }

    [Theory]
    [InlineData(SomeChat.Responses, """{"type":"input_image","image_url":"data:image/png;base64,iVBORw0KGgo="}""", "$.input[0].content[1]")]
    [InlineData(SomeChat.Claude, """{"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="}}""", "$.messages[0].content[0]")]
    [InlineData(SomeChat.Gemini, """{"inline_data":{"mime_type":"image/png","data":"iVBORw0KGgo="}}""", "$.contents[0].parts[1]")]
    public async Task Image_is_composed_as_the_protocol_requires(string protocol, string expected, string path)
    {
        JsonObject sent = await SentAsync(SomeChat.Request(protocol) with { Images = [MediaSource.Parse(Pixel)] });

        AssertJson(JsonNode.Parse(expected)!, At(sent, path)!);
    }

    [Fact]
    public async Task Claude_accepts_image_addresses_and_Gemini_audio_addresses()
    {
        JsonObject claude = await SentAsync(SomeChat.Request(SomeChat.Claude) with { Images = [MediaSource.Parse("https://example.com/a.jpg")] });
        JsonObject gemini = await SentAsync(SomeChat.Request(SomeChat.Gemini) with { Audios = [MediaSource.Parse("https://example.com/a.flac")] });

        Assert.Equal("https://example.com/a.jpg", At(claude, "$.messages[0].content[0].source.url")!.ToString());
        AssertJson(JsonNode.Parse("""{"mime_type":"audio/flac","file_uri":"https://example.com/a.flac"}""")!, At(gemini, "$.contents[0].parts[1].file_data")!);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Parameters_override_properties_and_merge_objects(string protocol)
    {
        Hashtable own = protocol switch
        {
            SomeChat.Gemini => new Hashtable { ["generationConfig"] = new Hashtable { ["topK"] = 5 } },
            _ => new Hashtable { ["temperature"] = 0.1, ["top_k"] = 5 },
        };

        JsonObject sent = await SentAsync(SomeChat.Request(protocol) with { Temperature = 0.9, Parameters = own });

        JsonNode place = protocol == SomeChat.Gemini ? sent["generationConfig"]! : sent;
        Assert.Equal(protocol == SomeChat.Gemini ? "0.9" : "0.1", place["temperature"]!.ToString());
        Assert.Equal("5", (place["topK"] ?? place["top_k"])!.ToString());
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Text_of_all_alphabets_is_sent_and_returned_unchanged(string protocol)
    {
        const string Words = "\"line\nline 2\", 'ünïcödé 漢字 🎬'";
        foreach (bool stream in (bool[])[false, true])
        {
            StubHandler service = SomeChat.Service(SomeAnswer.Of(protocol, stream, Words));

            ChatReply reply = await SomeChat.AskAsync(service, SomeChat.Request(protocol, Words), stream);

            Assert.Equal(Words, reply.Text);
            Assert.Contains("ünïcödé 漢字", SomeChat.Questions(service).Single().Text, StringComparison.Ordinal);
            Assert.Contains(Words, Texts(SomeChat.Questions(service).Single().Json));
        }
    }

    internal static ChatTool Weather => new()
    {
        Name = "get_weather",
        Description = "Current weather",
        Parameters = new System.Collections.Specialized.OrderedDictionary
        {
            ["type"] = "object",
            ["properties"] = new Hashtable { ["city"] = new Hashtable { ["type"] = "string" } },
            ["required"] = new[] { "city" },
        },
    };

    /// <summary>The node at a path of names and indexes.</summary>
    internal static JsonNode? At(JsonNode root, string path)
    {
        JsonNode? current = root;
        foreach (string step in path[1..].Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            current = int.TryParse(step, out int index) ? current![index] : current![step];
        }

        return current;
    }

    private static ChatRequest Ask(string protocol, string? system) => new()
    {
        Model = SomeChat.ModelOf(protocol),
        Messages = [.. system is null ? (ChatMessage[])[] : [new ChatMessage { Role = "system", Text = system }], SomeChat.User("Say hello")],
    };

    private static async Task<JsonObject> SentAsync(ChatRequest request)
    {
        string protocol = SomeChat.AllProtocols.FirstOrDefault(p => SomeChat.ModelOf(p) == request.Model, SomeChat.Completions);
        StubHandler service = SomeChat.Service(SomeAnswer.Of(protocol, stream: false, "Hi"));
        await SomeChat.AskAsync(service, request);
        return SomeChat.Questions(service).Single().Json;
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(m => Texts(m.Value)),
        JsonArray items => items.SelectMany(Texts),
        JsonValue value when value.TryGetValue(out string? text) => [text],
        _ => [],
    };

    private static void AssertJson(JsonNode expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(expected, actual), $"Expected {expected.ToJsonString()}\nActual   {actual.ToJsonString()}");
}
