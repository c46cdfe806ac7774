using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Chat;

namespace AtlasCloud.Emulation.Scenarios;

/// <summary>Parses the chat reply of a rule.</summary>
internal static class ScenarioChatParser
{
    private static readonly Dictionary<string, FinishReason> s_finishReasons = new(StringComparer.Ordinal)
    {
        ["stop"] = FinishReason.Stop,
        ["length"] = FinishReason.Length,
        ["tool_calls"] = FinishReason.ToolCalls,
        ["content_filter"] = FinishReason.ContentFilter,
    };

    internal static ScenarioChat Parse(JsonNode? node, string path)
    {
        ScenarioObject chat = new(
            node, path, "text", "texts", "object", "reasoning", "hiddenReasoningTokens", "chunks", "toolRounds", "finish", "delayMilliseconds");
        return new ScenarioChat
        {
            Text = chat.Text("text"),
            Texts = [.. ParseList(chat["texts"], path + ".texts").Select((text, i) => ParseText(text, $"{path}.texts[{i}]"))],
            Object = chat["object"],
            Reasoning = chat.Text("reasoning"),
            HiddenReasoningTokens = chat.Count("hiddenReasoningTokens"),
            Chunks = chat.Count("chunks"),
            ToolRounds = [.. ParseList(chat["toolRounds"], path + ".toolRounds").Select((round, i) => ParseRound(round, $"{path}.toolRounds[{i}]"))],
            FinishReason = chat.Text("finish") is not { } name ? null : s_finishReasons.TryGetValue(name, out FinishReason finishReason)
                ? finishReason
                : throw new FormatException($"{path}.finish: unknown value '{name}'. Known values: {string.Join(", ", s_finishReasons.Keys)}."),
            Delay = chat.Milliseconds("delayMilliseconds"),
        };
    }

    private static ScenarioToolCall[] ParseRound(JsonNode? round, string path) =>
        [.. ParseList(round ?? throw new FormatException($"{path}: expected a list."), path).Select((call, i) => ParseCall(call, $"{path}[{i}]"))];

    private static ScenarioToolCall ParseCall(JsonNode? node, string path)
    {
        ScenarioObject call = new(node, path, "name", "arguments");
        string arguments = call["arguments"] switch
        {
            null => "{}",
            JsonValue text when text.GetValueKind() == JsonValueKind.String => text.GetValue<string>(),
            { } value => JsonText.Write(value),
        };
        return new ScenarioToolCall(call.Text("name") ?? throw new FormatException($"{path}.name: expected a string."), arguments);
    }

    private static JsonArray ParseList(JsonNode? node, string path) =>
        node is null ? [] : node as JsonArray ?? throw new FormatException($"{path}: expected a list.");

    private static string ParseText(JsonNode? node, string path) =>
        node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : throw new FormatException($"{path}: expected a string.");
}
