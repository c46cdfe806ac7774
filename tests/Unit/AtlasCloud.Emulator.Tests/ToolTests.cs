using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Tests.Support;

namespace AtlasCloud.Emulation.Tests;

public sealed class ToolTests
{
    private const string Weather =
        """{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer","minimum":3},"unit":{"type":"string","enum":["celsius","kelvin"]},"note":{"type":"string"}},"required":["city","days","unit"]}""";

    private const string Rounds = """
        {"rules":[{"method":"POST","chat":{"text":"done","toolRounds":[
          [{"name":"get_weather","arguments":{"city":"Oslo 🎬"}},{"name":"get_time","arguments":{"zone":"CET"}}],
          [{"name":"get_weather","arguments":{"city":"Rom"}},{"name":"get_weather","arguments":{"city":"Bern"}}],
          [{"name":"get_time"},{"name":"unheard_of","arguments":{"a":1}}]]}}]}
        """;

    [Theory]
    [ClassData(typeof(DialectData))]
    public async Task A_tool_that_is_named_is_called_with_arguments_that_fit_and_its_results_are_told(string name, bool streamed)
    {
        Dialect dialect = Dialect.All[name];
        using Api api = new(new EmulatorOptions { ChatDelay = TimeSpan.Zero });
        JsonObject body = Asking(dialect, "Please get_weather for Oslo!", streamed);

        Said asked = await dialect.AskAsync(api, body, streamed);
        dialect.AddResults(body, asked, "rain 漢字");
        Said told = await dialect.AskAsync(api, body, streamed);

        Assert.Equal("get_weather{\"city\":\"for Oslo\",\"days\":3,\"unit\":\"celsius\"}", asked.CallText);
        Assert.Equal(("", dialect.Stops.Tool), (asked.Text, asked.Stop));
        Assert.Equal(("Tool results: rain 漢字", dialect.Stops.Usual, 0), (told.Text, told.Stop, told.Calls.Count));
    }

    [Theory]
    [ClassData(typeof(DialectData))]
    public async Task Arguments_behind_the_name_are_taken_as_they_are(string name, bool streamed)
    {
        Dialect dialect = Dialect.All[name];
        using Api api = new(new EmulatorOptions { ChatDelay = TimeSpan.Zero });

        Said said = await dialect.AskAsync(
            api, Asking(dialect, "get_time, get_weather {\"city\":\"Oslo\"} and get_weather({\"city\":\"Rom\",\"x\":[1]}) my_get_weather", streamed), streamed);

        Assert.Equal("get_time{} get_weather{\"city\":\"Oslo\"} get_weather{\"city\":\"Rom\",\"x\":[1]}", said.CallText);
    }

    [Theory]
    [ClassData(typeof(DialectData))]
    public async Task A_scenario_scripts_rounds_of_parallel_calls(string name, bool streamed)
    {
        Dialect dialect = Dialect.All[name];
        using Api api = Fast(Rounds);
        JsonObject body = Asking(dialect, "go", streamed);
        List<string> seen = [];
        Said said;
        while ((said = await dialect.AskAsync(api, body, streamed)).Calls.Count > 0)
        {
            seen.Add(System.Text.RegularExpressions.Regex.Unescape(said.CallText));
            dialect.AddResults(body, said, "a", "b");
        }

        Assert.Equal(
            [
                "get_weather{\"city\":\"Oslo 🎬\"} get_time{\"zone\":\"CET\"}",
                "get_weather{\"city\":\"Rom\"} get_weather{\"city\":\"Bern\"}",
                "get_time{} unheard_of{\"a\":1}",
            ],
            seen);
        Assert.Equal("done", said.Text);
        Assert.Equal(4, api.Emulator.Charges.Count);
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("responses")]
    [InlineData("messages")]
    public async Task A_result_for_a_call_that_was_not_made_is_refused(string name)
    {
        Dialect dialect = Dialect.All[name];
        using Api api = new();
        JsonObject body = Asking(dialect, "get_time get_weather", false);
        Said said = await dialect.AskAsync(api, body);
        JsonObject missing = body.DeepClone().AsObject();
        dialect.AddResults(missing, said, "only one");
        dialect.AddResults(body, said, "a", "b");
        JsonArray list = (body["messages"] ?? body["input"])!.AsArray();
        list[^1] = JsonNode.Parse(list[^1]!.ToJsonString().Replace(said.Calls[1].Id, "other", StringComparison.Ordinal));

        Assert.Contains("has no result", await FaultAsync(api, dialect, missing), StringComparison.Ordinal);
        Assert.Contains("was not called", await FaultAsync(api, dialect, body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_may_forbid_or_force_a_call()
    {
        Dialect dialect = Dialect.All["chat"];
        using Api api = new();
        JsonObject none = Asking(dialect, "get_time", false);
        none["tool_choice"] = "none";
        JsonObject forced = Asking(dialect, "hello", false);
        forced["tool_choice"] = JsonNode.Parse("""{"type":"function","function":{"name":"get_weather"}}""");
        JsonObject any = Asking(dialect, "hello", false);
        any["tool_choice"] = "required";

        Assert.Equal("You said: get_time", (await dialect.AskAsync(api, none)).Text);
        Assert.Equal("get_weather{\"city\":\"hello\",\"days\":3,\"unit\":\"celsius\"}", (await dialect.AskAsync(api, forced)).CallText);
        Assert.Equal("get_weather", Assert.Single((await dialect.AskAsync(api, any)).Calls).Name);
    }

    [Fact]
    public async Task Arguments_of_a_scenario_may_be_no_JSON_at_all()
    {
        Dialect dialect = Dialect.All["chat"];
        using Api api = Fast("""{"rules":[{"chat":{"toolRounds":[[{"name":"get_time","arguments":"{\"zone\":"}]]}}]}""");

        Said plain = await dialect.AskAsync(api, Asking(dialect, "go", false));
        Said streamed = await dialect.AskAsync(api, Asking(dialect, "go", true), streamed: true);

        Assert.Equal(("get_time{\"zone\":", "get_time{\"zone\":"), (plain.CallText, streamed.CallText));
    }

    private static async Task<string> FaultAsync(Api api, Dialect dialect, JsonObject body)
    {
        using HttpResponseMessage reply = await api.PostAsync(dialect.Path(false), body.ToJsonString());
        Assert.Equal(400, (int)reply.StatusCode);
        return await reply.Content.ReadAsStringAsync();
    }

    private static JsonObject Asking(Dialect dialect, string text, bool streamed)
    {
        JsonObject body = dialect.Body(text, streamed);
        dialect.AddTool(body, "get_weather", Weather);
        dialect.AddTool(body, "get_time", """{"type":"object","properties":{}}""");
        return body;
    }

    private static Api Fast(string scenario) =>
        new(new EmulatorOptions { ChatDelay = TimeSpan.Zero, Scenario = EmulatorScenario.Parse(scenario) });
}
