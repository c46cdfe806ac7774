using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Chat;
using AtlasCloud.Emulation.Tests.Support;

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
    [ClassData(typeof(DialectData))]
    public async Task An_answer_fits_the_schema_that_came_with_the_question(string name, bool streamed)
    {
        Dialect dialect = Dialect.All[name];
        using Api api = new(new EmulatorOptions { ChatDelay = TimeSpan.Zero });
        JsonObject body = dialect.Body("Judge", streamed);
        dialect.AddSchema(body, Schema);

        Said said = await dialect.AskAsync(api, body, streamed);

        // One protocol has no schema for answers; its clients force a tool instead, and the tool says what the user said.
        string title = name == "messages" ? "Judge" : "title";
        Assert.Equal(
            $$"""{"title":"{{title}}","score":5,"tags":["tags 1","tags 2"],"kind":"good"}""",
            name == "messages" ? said.Calls[0].Arguments : said.Text);
    }

    [Theory]
    [ClassData(typeof(DialectData))]
    public async Task A_scenario_answers_one_text_a_request(string name, bool streamed)
    {
        Dialect dialect = Dialect.All[name];
        using Api api = Fast("""{"rules":[{"chat":{"texts":["not json","{\"title\":\"🎬\"}"]}}]}""");

        List<string> seen = [];
        for (int i = 0; i < 3; i++)
        {
            seen.Add((await dialect.AskAsync(api, dialect.Body("Judge", streamed), streamed)).Text);
        }

        Assert.Equal(["not json", "{\"title\":\"🎬\"}", "{\"title\":\"🎬\"}"], seen);
    }

    [Theory]
    [ClassData(typeof(DialectData))]
    public async Task A_scenario_answers_an_object(string name, bool streamed)
    {
        Dialect dialect = Dialect.All[name];
        using Api api = Fast("""{"rules":[{"chat":{"object":{"title":"A","score":7},"reasoning":"I see."}}]}""");

        Said said = await dialect.AskAsync(api, dialect.Body("Judge", streamed), streamed);

        Assert.Equal(("{\"title\":\"A\",\"score\":7}", "I see."), (said.Text, said.Reasoning));
    }

    [Fact]
    public async Task An_object_goes_into_the_tool_that_is_forced()
    {
        Dialect dialect = Dialect.All["messages"];
        using Api api = Fast("""{"rules":[{"chat":{"object":{"title":"A"}}}]}""");
        JsonObject body = dialect.Body("Judge");
        dialect.AddSchema(body, Schema);

        Assert.Equal("reply{\"title\":\"A\"}", (await dialect.AskAsync(api, body)).CallText);
    }

    [Fact]
    public async Task An_object_of_no_schema_has_an_answer()
    {
        Dialect dialect = Dialect.All["chat"];
        using Api api = new();
        JsonObject body = dialect.Body("Judge");
        body["response_format"] = new JsonObject { ["type"] = "json_object" };

        Assert.Equal("{\"answer\":\"answer\"}", (await dialect.AskAsync(api, body)).Text);
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
    public void Values_fit_their_schemas(string schema, string expected) =>
        Assert.Equal(expected, JsonText.Write(SchemaSampleGenerator.Generate(JsonNode.Parse(schema)!)));

    private static Api Fast(string scenario) =>
        new(new EmulatorOptions { ChatDelay = TimeSpan.Zero, Scenario = EmulatorScenario.Parse(scenario) });
}
