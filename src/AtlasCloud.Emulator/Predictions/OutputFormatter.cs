using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Scenarios;

namespace AtlasCloud.Emulation.Predictions;

/// <summary>Writes outputs in formats that the service does not document.</summary>
internal static class OutputFormatter
{
    internal static JsonNode Format(JsonArray outputs, ScenarioTaskOutputs format) => format switch
    {
        ScenarioTaskOutputs.Object => new JsonObject(outputs.Select((output, i) => KeyValuePair.Create($"output_{i}", output?.DeepClone()))),
        ScenarioTaskOutputs.Nested => new JsonArray([.. outputs.Select(output => new JsonArray(output?.DeepClone()))]),
        ScenarioTaskOutputs.File => OneOrAll(outputs, output => new JsonObject { ["file"] = new JsonObject { ["url"] = output } }),
        ScenarioTaskOutputs.Images => new JsonObject { ["images"] = new JsonArray([.. outputs.Select(output => new JsonObject { ["url"] = output?.DeepClone() })]) },
        ScenarioTaskOutputs.FileUrl => OneOrAll(outputs, output => new JsonObject { ["file_url"] = output }),
        ScenarioTaskOutputs.Unreadable => new JsonArray([.. outputs.Select((_, i) => Handle(i))]),
        ScenarioTaskOutputs.PartlyUnreadable => new JsonArray([.. outputs.Select(output => output?.DeepClone()), Handle(outputs.Count)]),
        _ => outputs,
    };

    // A single output is the object itself, as services write it that know one output only.
    private static JsonNode OneOrAll(JsonArray outputs, Func<JsonNode?, JsonObject> wrap) => outputs.Count == 1
        ? wrap(outputs[0]?.DeepClone())
        : new JsonArray([.. outputs.Select(output => wrap(output?.DeepClone()))]);

    private static JsonObject Handle(int index) => new() { ["handle"] = 1000 + index };
}
