using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Chat;
using AtlasCloud.Emulation.Tests.Support;
using AtlasCloud.Emulation.Tests.Support.Protocols;

namespace AtlasCloud.Emulation.Tests;

public sealed class StructuredReplyTests
{
    private const string Schema = """
        {"type":"object","required":["title","score","tags","kind"],
         "properties":{"title":{"type":"string"},"score":{"type":"integer","minimum":5},
                       "tags":{"type":"array","items":{"type":"string"},"minItems":2},"kind":{"type":"string","enum":["good","bad"]},
                       "more":{"type":"string"}}}
        """;

    [Theory]
    [ClassData(typeof(ChatClientData))]
    public async Task Reply_matches_the_requested_schema(string name, bool streamed)
    {
        ChatClient client = ChatClient.All[name];
        using Api api = new(new EmulatorOptions { ChatDelay = TimeSpan.Zero });
        JsonObject body = client.Body("Judge", streamed);
        client.AddSchema(body, Schema);

        ParsedReply reply = await client.SendAsync(api, body, streamed);

        // Messages has no schema parameter: its clients force a tool instead, whose first argument is the prompt.
        string title = name == "messages" ? "Judge" : "title";
        Assert.Equal(
            $$"""{"title":"{{title}}","score":5,"tags":["tags 1","tags 2"],"kind":"good"}""",
            name == "messages" ? reply.Calls[0].Arguments : reply.Text);
    }

    [Theory]
    [ClassData(typeof(ChatClientData))]
    public async Task Texts_are_used_one_per_request(string name, bool streamed)
    {
        ChatClient client = ChatClient.All[name];
        using Api api = WithoutDelay("""{"rules":[{"chat":{"texts":["not json","{\"title\":\"🎬\"}"]}}]}""");

        List<string> seen = [];
        for (int i = 0; i < 3; i++)
        {
            seen.Add((await client.SendAsync(api, client.Body("Judge", streamed), streamed)).Text);
        }

        Assert.Equal(["not json", "{\"title\":\"🎬\"}", "{\"title\":\"🎬\"}"], seen);
    }

    [Theory]
    [ClassData(typeof(ChatClientData))]
    public async Task Object_is_used_as_the_reply(string name, bool streamed)
    {
        ChatClient client = ChatClient.All[name];
        using Api api = WithoutDelay("""{"rules":[{"chat":{"object":{"title":"A","score":7},"reasoning":"I see."}}]}""");

        ParsedReply reply = await client.SendAsync(api, client.Body("Judge", streamed), streamed);

        Assert.Equal(("{\"title\":\"A\",\"score\":7}", "I see."), (reply.Text, reply.Reasoning));
    }

    [Fact]
    public async Task Object_is_used_as_the_arguments_of_a_forced_tool()
    {
        ChatClient client = ChatClient.All["messages"];
        using Api api = WithoutDelay("""{"rules":[{"chat":{"object":{"title":"A"}}}]}""");
        JsonObject body = client.Body("Judge");
        client.AddSchema(body, Schema);

        Assert.Equal("reply{\"title\":\"A\"}", (await client.SendAsync(api, body)).CallText);
    }

    [Fact]
    public async Task JSON_object_format_without_a_schema_returns_an_answer_member()
    {
        ChatClient client = ChatClient.All["chat"];
        using Api api = new();
        JsonObject body = client.Body("Judge");
        body["response_format"] = new JsonObject { ["type"] = "json_object" };

        Assert.Equal("{\"answer\":\"answer\"}", (await client.SendAsync(api, body)).Text);
    }

    [Theory]
    [InlineData("""{"type":"STRING","format":"date"}""", "\"2026-01-31\"")]
    [InlineData("""{"type":["null","number"],"exclusiveMinimum":2}""", "2.5")]
    [InlineData("""{"type":"integer","maximum":-3}""", "-3")]
    [InlineData("""{"type":"integer","minimum":4,"multipleOf":5}""", "5")]
    [InlineData("""{"type":"string","minLength":7,"maxLength":7}""", "\"valuexx\"")]
    [InlineData("""{"type":"string","maxLength":3}""", "\"val\"")]
    [InlineData("""{"type":"array","items":{"type":"boolean"},"minItems":"2"}""", "[true,true]")]
    [InlineData("""{"type":"array","maxItems":0}""", "[]")]
    [InlineData("""{"anyOf":[{"const":"x"},{"type":"null"}]}""", "\"x\"")]
    [InlineData("""{"$defs":{"p":{"properties":{"x":{"type":"number"}}}},"type":"object","properties":{"at":{"$ref":"#/$defs/p"}}}""", "{\"at\":{\"x\":0.5}}")]
    [InlineData("""{"allOf":[{"properties":{"a":{"type":"integer"}}},{"properties":{"b":{"default":"d"}}}]}""", "{\"a\":1,\"b\":\"d\"}")]
    [InlineData("""{"type":"object","properties":{"self":{"$ref":"#"}},"required":[]}""", "{}")]
    public void Generated_value_matches_the_schema(string schema, string expected) =>
        Assert.Equal(expected, JsonText.Write(SchemaSampleGenerator.Generate(JsonNode.Parse(schema)!)));

    private static Api WithoutDelay(string scenario) =>
        new(new EmulatorOptions { ChatDelay = TimeSpan.Zero, Scenario = EmulatorScenario.Parse(scenario) });
}
