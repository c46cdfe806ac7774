using System.Collections.Specialized;
using System.Text.Json.Nodes;
using AtlasCloud.Chat;
using AtlasCloud.Chat.Protocols;
using AtlasCloud.JsonSchema;

namespace AtlasCloud.Tests;

/// <summary>Replies that have to fit a schema.</summary>
public sealed class ChatStructuredTests
{
    private const string Match = """{"title":"Fog","score":7}""";
    private const string Mismatch = """{"title":"Fog","score":"seven"}""";

    private static readonly JsonObject s_schema = ReplySchema.Parse("""
        {"type":"object","properties":{"title":{"type":"string"},"score":{"type":"integer"}},"required":["title","score"],"additionalProperties":false}
        """);

    public static TheoryData<string, bool> BothWays => SomeChat.ProtocolsBothWays;

    [Theory]
    [MemberData(nameof(BothWays))]
    public async Task Matching_reply_has_its_values(string protocol, bool stream)
    {
        StubHandler service = SomeChat.Service(SomeAnswer.Of(protocol, stream, Match));

        ChatReply reply = await SomeChat.AskAsync(service, Request(protocol), stream);

        OrderedDictionary values = Assert.IsAssignableFrom<OrderedDictionary>(reply.Object);
        Assert.Equal(("Fog", 7L), (values["title"], values["score"]));
        Assert.Equal(Match, reply.Text);
        Assert.Single(SomeChat.Questions(service));
    }

    [Theory]
    [MemberData(nameof(BothWays))]
    public async Task Mismatched_reply_is_corrected_once(string protocol, bool stream)
    {
        StubHandler service = SomeChat.Service(SomeAnswer.Of(protocol, stream, Mismatch), SomeAnswer.Of(protocol, stream, Match));

        ChatReply reply = await SomeChat.AskAsync(service, Request(protocol), stream);

        Assert.Equal((2, 20L), (reply.Rounds, reply.Usage!.InputTokens));
        Assert.Equal("user assistant user assistant", string.Join(' ', reply.Conversation.Select(m => m.Role)));
        Assert.Contains("$.score must be an integer, not a string", SomeChat.Questions(service)[1].Text, StringComparison.Ordinal);
        Assert.NotNull(reply.Object);
    }

    [Fact]
    public async Task Reply_that_mismatches_twice_throws_with_its_text()
    {
        StubHandler service = SomeChat.Service(SomeAnswer.Of(SomeChat.Completions, stream: false, Mismatch));

        AtlasCloudException exception = await Assert.ThrowsAsync<AtlasCloudException>(() => SomeChat.AskAsync(service, Request(SomeChat.Completions)));

        Assert.Equal(AtlasCloudErrorKind.UnexpectedReply, exception.Kind);
        Assert.Equal(Mismatch, exception.Target);
        Assert.Equal(2, SomeChat.Questions(service).Count);
    }

    [Theory]
    [InlineData(SomeChat.Completions, "$.response_format.json_schema.schema.properties.score.type")]
    [InlineData(SomeChat.Responses, "$.text.format.schema.properties.score.type")]
    [InlineData(SomeChat.Gemini, "$.generationConfig.responseSchema.properties.score.type")]
    public async Task Schema_is_sent_when_the_protocol_supports_it(string protocol, string path)
    {
        StubHandler service = SomeChat.Service(SomeAnswer.Of(protocol, stream: false, Match));

        await SomeChat.AskAsync(service, Request(protocol));

        Assert.Equal("integer", ChatComposeTests.At(SomeChat.Questions(service).Single().Json, path)!.ToString());
    }

    [Fact]
    public async Task Claude_gets_the_schema_as_an_instruction_outside_the_conversation()
    {
        StubHandler service = SomeChat.Service(SomeAnswer.Of(SomeChat.Claude, stream: false, Match));
        ChatRequest request = Request(SomeChat.Claude);

        ChatReply reply = await SomeChat.AskAsync(service, request with { Messages = [new ChatMessage { Role = "system", Text = "Be brief." }, .. request.Messages] });

        string system = SomeChat.Questions(service).Single().Json["system"]!.ToString();
        Assert.StartsWith("Be brief.\n\nAnswer with one JSON value", system, StringComparison.Ordinal);
        Assert.Contains("\"score\":{\"type\":\"integer\"}", system, StringComparison.Ordinal);
        Assert.Equal("system user assistant", string.Join(' ', reply.Conversation.Select(m => m.Role)));
    }

    [Theory]
    [InlineData("```json\n{\"title\":\"Fog\",\"score\":7}\n```")]
    [InlineData("```\n{\"title\":\"Fog\",\"score\":7}```")]
    [InlineData("Here you are:\n{\"title\":\"Fog\",\"score\":7}\nEnjoy!")]
    [InlineData("  {\"title\":\"Fog\",\"score\":7,} ")]
    public void Read_finds_JSON_inside_other_text(string text)
    {
        (object? value, IReadOnlyList<ValidationError> errors) = StructuredReply.Read(text, s_schema);

        Assert.Empty(errors);
        Assert.Equal("Fog", ((OrderedDictionary)value!)["title"]);
    }

    [Fact]
    public async Task Schema_that_is_not_an_object_is_sent_as_an_instruction()
    {
        StubHandler service = SomeChat.Service(SomeAnswer.Of(SomeChat.Completions, stream: false, """["a","b"]"""));

        ChatReply reply = await SomeChat.AskAsync(service, Request(SomeChat.Completions) with { JsonSchema = ReplySchema.Parse("""{"type":"array","items":{"type":"string"}}""") });

        Assert.Equal((object[])["a", "b"], reply.Object);
        Assert.False(SomeChat.Questions(service).Single().Json.ContainsKey("response_format"));
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"},"score":{"type":"integer"}},"required":["a","score"],"additionalProperties":false}""", true)]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"},"score":{"type":"integer"}},"required":["a"],"additionalProperties":false}""", false)]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"},"more":{"type":"object"}},"required":["a","more"],"additionalProperties":false}""", false)]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}""", false)]
    public async Task Schema_is_strict_only_when_it_meets_the_conditions(string schema, bool isStrict)
    {
        StubHandler service = SomeChat.Service(SomeAnswer.Of(SomeChat.Completions, stream: false, """{"title":"a","score":1,"more":{},"a":"a"}"""));
        ChatRequest request = Request(SomeChat.Completions) with { JsonSchema = ReplySchema.Parse(schema) };

        try
        {
            await SomeChat.AskAsync(service, request);
        }
        catch (AtlasCloudException)
        {
            // Whether the reply fits is another test's business.
        }

        Assert.Equal(isStrict, (bool)ChatComposeTests.At(SomeChat.Questions(service)[0].Json, "$.response_format.json_schema.strict")!);
    }

    [Fact]
    public async Task Tools_and_a_schema_work_together()
    {
        foreach (string protocol in SomeChat.AllProtocols)
        {
            StubHandler service = SomeChat.Service(
                SomeAnswer.Of(protocol, stream: true, "", ("call_1", "get_weather", """{"city":"Oslo"}""")), SomeAnswer.Of(protocol, stream: true, Match));

            ChatReply reply = await SomeChat.AskAsync(
                service, Request(protocol) with { Tools = [ChatComposeTests.Weather], RunTool = (_, _) => Task.FromResult(new ChatToolResult("rain")) }, stream: true);

            Assert.NotNull(reply.Object);
            Assert.Single(reply.ToolRuns);
        }
    }

    [Fact]
    public void Convert_keeps_the_subset_that_Gemini_accepts()
    {
        JsonObject schema = ReplySchema.Parse("""
            {"type":"object","additionalProperties":false,"required":["a"],"$defs":{"n":{"type":["integer","null"],"exclusiveMinimum":0}},
             "properties":{"a":{"$ref":"#/$defs/n"},"b":{"const":"x"},"c":{"oneOf":[{"type":"string","format":"date"},{"type":"array","items":{"type":"string","format":"date-time"}}]}}}
            """);

        Assert.Equal(
            """{"type":"object","required":["a"],"properties":{"a":{"type":"integer","nullable":true},"b":{"enum":["x"]},"c":{"anyOf":[{"type":"string"},{"type":"array","items":{"type":"string","format":"date-time"}}]}}}""",
            GeminiSchema.Convert(schema).ToJsonString());
    }

    private static ChatRequest Request(string protocol) =>
        SomeChat.Request(protocol, "A title and a score") with { JsonSchema = s_schema };
}
