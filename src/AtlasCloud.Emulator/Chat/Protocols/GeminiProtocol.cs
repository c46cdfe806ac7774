using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Chat.Protocols;

/// <summary>The protocol of Gemini: the model is in the path, and a stream is made of whole answers with a part of the text each.</summary>
internal sealed class GeminiProtocol : ChatProtocol
{
    internal override IReadOnlyList<string> Names { get; } = ["gemini.generate"];

    internal override string IdPrefix => "gen_";

    internal override ChatQuestion Read(JsonObject body) => GeminiRequest.Read(body);

    internal override JsonObject Write(ChatTurn turn)
    {
        ChatAnswer answer = turn.Answer;
        List<string> words = Words.Of(answer.Text);
        List<JsonNode?> parts = answer.Reasoning.Length > 0 ? [Thought(answer.Reasoning)] : [];
        if (words.Count > 0)
        {
            // The text comes in two parts where it can: whoever reads the first alone loses the rest.
            int half = (words.Count + 1) / 2;
            IEnumerable<string> halves = [string.Concat(words.Take(half)), string.Concat(words.Skip(half))];
            parts.AddRange(halves.Where(text => text.Length > 0).Select(Text));
        }

        parts.AddRange(answer.Calls.Select(Call));
        return Frame(turn, [.. parts], isLast: true);
    }

    internal override IEnumerable<ServerEvent> Stream(ChatTurn turn)
    {
        foreach (string word in Words.Of(turn.Answer.Reasoning))
        {
            yield return ServerEvent.Of(Frame(turn, [Thought(word)], isLast: false));
        }

        foreach (string word in Words.Of(turn.Answer.Text))
        {
            yield return ServerEvent.Of(Frame(turn, [Text(word)], isLast: false));
        }

        foreach (ToolCall call in turn.Answer.Calls)
        {
            yield return ServerEvent.Of(Frame(turn, [Call(call)], isLast: false));
        }

        yield return ServerEvent.Of(Frame(turn, turn.Answer.IsEmpty ? [] : [Text("")], isLast: true));
    }

    internal override ServerEvent Failure(string requestId) => ServerEvent.Of(new JsonObject
    {
        ["error"] = new JsonObject { ["code"] = 500, ["message"] = "upstream error", ["status"] = "INTERNAL" },
    });

    private static JsonObject Frame(ChatTurn turn, JsonNode?[] parts, bool isLast)
    {
        JsonObject content = new() { ["role"] = "model" };
        if (parts.Length > 0)
        {
            content["parts"] = new JsonArray(parts);
        }

        JsonObject candidate = new() { ["content"] = content, ["index"] = 0 };
        JsonObject frame = new() { ["candidates"] = new JsonArray(candidate) };
        if (isLast)
        {
            candidate["finishReason"] = Word(turn.Answer.End);
            frame["usageMetadata"] = Usage(turn);
        }

        frame["modelVersion"] = turn.Model.Id.Split('/')[^1];
        frame["responseId"] = turn.Id;
        return frame;
    }

    private static JsonObject Usage(ChatTurn turn)
    {
        JsonObject usage = new()
        {
            ["promptTokenCount"] = turn.InputTokens,
            ["candidatesTokenCount"] = turn.OutputTokens - turn.Answer.ReasoningTokens,
            ["totalTokenCount"] = turn.InputTokens + turn.OutputTokens,
        };
        if (turn.Answer.ReasoningTokens > 0)
        {
            usage["thoughtsTokenCount"] = turn.Answer.ReasoningTokens;
        }

        return usage;
    }

    private static JsonObject Text(string text) => new() { ["text"] = text };

    private static JsonObject Thought(string text) => new() { ["text"] = text, ["thought"] = true };

    /// <summary>A call has no id here: its result is known by the name.</summary>
    private static JsonObject Call(ToolCall call) => new()
    {
        ["functionCall"] = new JsonObject { ["name"] = call.Name, ["args"] = call.ArgumentObject() },
    };

    /// <summary>A call is no reason to stop of its own here.</summary>
    private static string Word(AnswerEnd end) => end switch
    {
        AnswerEnd.Length => "MAX_TOKENS",
        AnswerEnd.ContentFilter => "SAFETY",
        _ => "STOP",
    };
}
