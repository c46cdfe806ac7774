using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Chat;

namespace AtlasCloud.Emulation.Scenarios;

/// <summary>Reads what a scenario has a chat model say.</summary>
internal static class ScenarioChatParser
{
    private static readonly Dictionary<string, AnswerEnd> s_ends = new(StringComparer.Ordinal)
    {
        ["stop"] = AnswerEnd.Stop,
        ["length"] = AnswerEnd.Length,
        ["tool_calls"] = AnswerEnd.ToolCalls,
        ["content_filter"] = AnswerEnd.ContentFilter,
    };

    internal static ScenarioChat Parse(JsonNode? node, string path)
    {
        ScenarioObject chat = new(
            node, path, "text", "texts", "object", "reasoning", "hiddenReasoningTokens", "chunks", "toolRounds", "finish", "delayMilliseconds");
        return new ScenarioChat
        {
            Text = chat.Text("text"),
            Texts = [.. List(chat["texts"], path + ".texts").Select((text, i) => Text(text, $"{path}.texts[{i}]"))],
            Object = chat["object"],
            Reasoning = chat.Text("reasoning"),
            HiddenReasoningTokens = chat.Count("hiddenReasoningTokens"),
            Chunks = chat.Count("chunks"),
            ToolRounds = [.. List(chat["toolRounds"], path + ".toolRounds").Select((round, i) => Round(round, $"{path}.toolRounds[{i}]"))],
            End = chat.Text("finish") is not { } word ? null : s_ends.TryGetValue(word, out AnswerEnd end)
                ? end
                : throw new FormatException($"{path}.finish: '{word}' is not known. Known: {string.Join(", ", s_ends.Keys)}."),
            Pause = chat.Milliseconds("delayMilliseconds"),
        };
    }

    private static ScenarioCall[] Round(JsonNode? round, string path) =>
        [.. List(round ?? throw new FormatException($"{path}: a list is expected."), path).Select((call, i) => Call(call, $"{path}[{i}]"))];

    private static ScenarioCall Call(JsonNode? node, string path)
    {
        ScenarioObject call = new(node, path, "name", "arguments");
        string arguments = call["arguments"] switch
        {
            null => "{}",
            JsonValue text when text.GetValueKind() == JsonValueKind.String => text.GetValue<string>(),
            { } value => JsonText.Write(value),
        };
        return new ScenarioCall(call.Text("name") ?? throw new FormatException($"{path}.name: text is expected."), arguments);
    }

    private static JsonArray List(JsonNode? node, string path) =>
        node is null ? [] : node as JsonArray ?? throw new FormatException($"{path}: a list is expected.");

    private static string Text(JsonNode? node, string path) =>
        node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : throw new FormatException($"{path}: text is expected.");
}
