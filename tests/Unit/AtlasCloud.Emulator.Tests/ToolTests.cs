using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Tests.Support;
using AtlasCloud.Emulation.Tests.Support.Protocols;

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
    [ClassData(typeof(ChatClientData))]
    public async Task Named_tool_is_called_with_valid_arguments_and_its_result_is_used(string name, bool streamed)
    {
        ChatClient client = ChatClient.All[name];
        using Api api = new(new EmulatorOptions { ChatDelay = TimeSpan.Zero });
        JsonObject body = CreateRequest(client, "Please get_weather for Oslo!", streamed);

        ParsedReply callReply = await client.SendAsync(api, body, streamed);
        client.AddResults(body, callReply, "rain 漢字");
        ParsedReply resultReply = await client.SendAsync(api, body, streamed);

        Assert.Equal("get_weather{\"city\":\"for Oslo\",\"days\":3,\"unit\":\"celsius\"}", callReply.CallText);
        Assert.Equal(("", client.FinishReasons.Tool), (callReply.Text, callReply.FinishReason));
        Assert.Equal(("Tool results: rain 漢字", client.FinishReasons.Usual, 0), (resultReply.Text, resultReply.FinishReason, resultReply.Calls.Count));
    }

    [Theory]
    [ClassData(typeof(ChatClientData))]
    public async Task Arguments_in_the_prompt_are_used_unchanged(string name, bool streamed)
    {
        ChatClient client = ChatClient.All[name];
        using Api api = new(new EmulatorOptions { ChatDelay = TimeSpan.Zero });

        ParsedReply reply = await client.SendAsync(
            api, CreateRequest(client, "get_time, get_weather {\"city\":\"Oslo\"} and get_weather({\"city\":\"Rom\",\"x\":[1]}) my_get_weather", streamed), streamed);

        Assert.Equal("get_time{} get_weather{\"city\":\"Oslo\"} get_weather{\"city\":\"Rom\",\"x\":[1]}", reply.CallText);
    }

    [Theory]
    [ClassData(typeof(ChatClientData))]
    public async Task Tool_rounds_are_called_in_order(string name, bool streamed)
    {
        ChatClient client = ChatClient.All[name];
        using Api api = WithoutDelay(Rounds);
        JsonObject body = CreateRequest(client, "go", streamed);
        List<string> seen = [];
        ParsedReply reply;
        while ((reply = await client.SendAsync(api, body, streamed)).Calls.Count > 0)
        {
            seen.Add(System.Text.RegularExpressions.Regex.Unescape(reply.CallText));
            client.AddResults(body, reply, "a", "b");
        }

        Assert.Equal(
            [
                "get_weather{\"city\":\"Oslo 🎬\"} get_time{\"zone\":\"CET\"}",
                "get_weather{\"city\":\"Rom\"} get_weather{\"city\":\"Bern\"}",
                "get_time{} unheard_of{\"a\":1}",
            ],
            seen);
        Assert.Equal("done", reply.Text);
        Assert.Equal(4, api.Emulator.Charges.Count);
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("responses")]
    [InlineData("messages")]
    public async Task Missing_or_unexpected_tool_result_is_rejected(string name)
    {
        ChatClient client = ChatClient.All[name];
        using Api api = new();
        JsonObject body = CreateRequest(client, "get_time get_weather", false);
        ParsedReply reply = await client.SendAsync(api, body);
        JsonObject missing = body.DeepClone().AsObject();
        client.AddResults(missing, reply, "only one");
        client.AddResults(body, reply, "a", "b");
        JsonArray list = (body["messages"] ?? body["input"])!.AsArray();
        list[^1] = JsonNode.Parse(list[^1]!.ToJsonString().Replace(reply.Calls[1].Id, "other", StringComparison.Ordinal));

        Assert.Contains("has no result", await ErrorAsync(api, client, missing), StringComparison.Ordinal);
        Assert.Contains("was not called", await ErrorAsync(api, client, body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tool_choice_can_forbid_or_force_a_call()
    {
        ChatClient client = ChatClient.All["chat"];
        using Api api = new();
        JsonObject none = CreateRequest(client, "get_time", false);
        none["tool_choice"] = "none";
        JsonObject forced = CreateRequest(client, "hello", false);
        forced["tool_choice"] = JsonNode.Parse("""{"type":"function","function":{"name":"get_weather"}}""");
        JsonObject any = CreateRequest(client, "hello", false);
        any["tool_choice"] = "required";

        Assert.Equal("You said: get_time", (await client.SendAsync(api, none)).Text);
        Assert.Equal("get_weather{\"city\":\"hello\",\"days\":3,\"unit\":\"celsius\"}", (await client.SendAsync(api, forced)).CallText);
        Assert.Equal("get_weather", Assert.Single((await client.SendAsync(api, any)).Calls).Name);
    }

    [Fact]
    public async Task Scenario_can_return_invalid_JSON_arguments()
    {
        ChatClient client = ChatClient.All["chat"];
        using Api api = WithoutDelay("""{"rules":[{"chat":{"toolRounds":[[{"name":"get_time","arguments":"{\"zone\":"}]]}}]}""");

        ParsedReply plain = await client.SendAsync(api, CreateRequest(client, "go", false));
        ParsedReply streamed = await client.SendAsync(api, CreateRequest(client, "go", true), streamed: true);

        Assert.Equal(("get_time{\"zone\":", "get_time{\"zone\":"), (plain.CallText, streamed.CallText));
    }

    private static async Task<string> ErrorAsync(Api api, ChatClient client, JsonObject body)
    {
        using HttpResponseMessage reply = await api.PostAsync(client.Path(false), body.ToJsonString());
        Assert.Equal(400, (int)reply.StatusCode);
        return await reply.Content.ReadAsStringAsync();
    }

    private static JsonObject CreateRequest(ChatClient client, string text, bool streamed)
    {
        JsonObject body = client.Body(text, streamed);
        client.AddTool(body, "get_weather", Weather);
        client.AddTool(body, "get_time", """{"type":"object","properties":{}}""");
        return body;
    }

    private static Api WithoutDelay(string scenario) =>
        new(new EmulatorOptions { ChatDelay = TimeSpan.Zero, Scenario = EmulatorScenario.Parse(scenario) });
}
