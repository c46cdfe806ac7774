using System.Text.Json;
using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Scenarios;

/// <summary>Parses the clock and the keys of a scenario.</summary>
internal static class ScenarioServiceParser
{
    internal static ScenarioClock ParseClock(JsonNode? node, string path)
    {
        ScenarioObject clock = new(node, path, "offsetMilliseconds", "dateOffsetMilliseconds");
        TimeSpan offset = clock.Offset("offsetMilliseconds") ?? throw new FormatException($"{path}.offsetMilliseconds: expected a number.");
        return new ScenarioClock(offset, clock.Offset("dateOffsetMilliseconds") ?? offset);
    }

    internal static IReadOnlyList<string> ParseKeys(JsonNode? node, string path)
    {
        JsonArray keys = node as JsonArray ?? throw new FormatException($"{path}: expected a list of API keys.");
        List<string> parsed = [];
        for (int i = 0; i < keys.Count; i++)
        {
            string key = keys[i]?.GetValueKind() == JsonValueKind.String ? keys[i]!.GetValue<string>() : "";
            bool isUsable = key.Length > 0 && key.All(c => c is > ' ' and <= '~') && !parsed.Contains(key, StringComparer.Ordinal);
            parsed.Add(isUsable ? key : throw new FormatException($"{path}[{i}]: expected an API key that is printable and not listed before."));
        }

        return parsed;
    }
}
