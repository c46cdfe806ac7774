using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Mcp.Results;
using AtlasCloud.Mcp.Tests.Support;
using AtlasCloud.Mcp.Tools;
using ModelContextProtocol.Protocol;

namespace AtlasCloud.Mcp.Tests;

public sealed class ErrorTests
{
    public static TheoryData<AtlasCloudErrorKind> Kinds => [.. Enum.GetValues<AtlasCloudErrorKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_has_its_id_and_advice_without_names_of_commands(AtlasCloudErrorKind kind)
    {
        JsonObject error = ErrorResult.Create(new AtlasCloudException(kind, "It failed."));

        Assert.Equal(kind.ToString(), (string?)error["id"]);
        Assert.DoesNotMatch(@"\b\w+-Atlas|\s-[A-Z]|\$env", (string)error["recommended_action"]!);
    }

    [Fact]
    public void Unexpected_failure_does_not_show_its_message() =>
        Assert.DoesNotContain("secret", ErrorResult.Create(new InvalidOperationException("secret")).ToJsonString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("search_models", """{"limit":0}""", "limit")]
    [InlineData("search_models", """{"limit":1.5}""", "limit")]
    [InlineData("search_models", """{"limit":"3"}""", "limit")]
    [InlineData("search_models", """{"type":"smell"}""", "type")]
    [InlineData("search_models", """{"querry":"x"}""", "querry")]
    [InlineData("get_model", "{}", "model")]
    [InlineData("get_model", """{"model":null}""", "model")]
    [InlineData("generate_image", """{"model":"z-image/turbo","images":"x"}""", "images")]
    [InlineData("generate_image", """{"model":"z-image/turbo","images":[1]}""", "images")]
    [InlineData("generate_image", """{"model":"z-image/turbo","parameters":{"a":1e400}}""", "parameters")]
    [InlineData("chat", """{"model":"x","prompt":"y","history":[{"role":"system","text":"z"}]}""", "history.role")]
    public async Task Arguments_that_do_not_fit_the_schema_are_refused(string tool, string arguments, string input)
    {
        await using ServerScene scene = await ServerScene.StartAsync();

        JsonElement error = await scene.FailAsync(tool, JsonNode.Parse(arguments));

        Assert.Equal("InvalidParameter", error.GetProperty("id").GetString());
        Assert.Equal(input, error.GetProperty("input").GetString());
        Assert.DoesNotContain(scene.Emulator.Ledger, e => e.Method == "POST");
    }

    // The client of the tests cannot send it.
    [Theory]
    [InlineData("""{"prompt":"\ud800"}""")]
    [InlineData("""{"parameters":{"style":"\udc00x"}}""")]
    public void Half_of_a_surrogate_pair_is_refused(string text)
    {
        JsonElement schema = JsonDocument.Parse("""{"properties":{"prompt":{"type":"string"},"parameters":{"type":"object"}}}""").RootElement;
        Dictionary<string, JsonElement> values = JsonDocument.Parse(text).RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value);

        Assert.Equal(AtlasCloudErrorKind.InvalidParameter, Assert.Throws<AtlasCloudException>(() => new ToolArguments(values, schema).Members("parameters")).Kind);
    }

    [Fact]
    public async Task Unknown_tool_is_an_error_of_the_call()
    {
        await using ServerScene scene = await ServerScene.StartAsync();

        Assert.Equal("InvalidParameter", (await scene.FailAsync("drop_tables")).GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("failed", "Read the error of the prediction")]
    [InlineData("canceled", "Ask the user whether it was canceled on purpose")]
    public async Task Failed_prediction_is_an_error_with_its_id_and_advice(string end, string advice)
    {
        await using ServerScene scene = await ServerScene.StartAsync(emulator: new EmulatorOptions
        {
            TimeScale = 0,
            Scenario = EmulatorScenario.Parse($$"""{ "rules": [ { "path": "/api/v1/model/generateImage", "task": { "end": "{{end}}" } } ] }"""),
        });
        string id = await scene.GenerateAsync("a boat");

        CallToolResult result = await scene.CallRawAsync("wait_prediction", new { prediction_id = id });

        Assert.True(result.IsError);
        JsonElement error = result.StructuredContent!.Value.GetProperty("error");
        Assert.Equal(("PredictionFailed", id), (error.GetProperty("id").GetString(), error.GetProperty("prediction_id").GetString()));
        Assert.Contains(advice, error.GetProperty("recommended_action").GetString(), StringComparison.Ordinal);
    }
}
