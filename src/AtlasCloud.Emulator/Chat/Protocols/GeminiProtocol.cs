using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Chat.Protocols;

/// <summary>The Gemini protocol: the path contains the model, and each stream event is a complete response with a part of the text.</summary>
internal sealed class GeminiProtocol : ChatProtocol
{
    internal override IReadOnlyList<string> CatalogNames { get; } = ["gemini.generate"];

    internal override string IdPrefix => "gen_";

    internal override ChatRequest ReadRequest(JsonObject body) => GeminiRequest.Read(body);

    internal override JsonObject WriteReply(ChatTurn turn)
    {
        ChatReply reply = turn.Reply;
        List<string> tokens = Tokenizer.Split(reply.Text);
        List<JsonNode?> parts = reply.Reasoning.Length > 0 ? [ThoughtPart(reply.Reasoning)] : [];
        if (tokens.Count > 0)
        {
            // Splits the text into two parts where possible, so that a client that reads only the first part fails its tests.
            int half = (tokens.Count + 1) / 2;
            IEnumerable<string> halves = [string.Concat(tokens.Take(half)), string.Concat(tokens.Skip(half))];
            parts.AddRange(halves.Where(text => text.Length > 0).Select(TextPart));
        }

        parts.AddRange(reply.ToolCalls.Select(FunctionCallPart));
        return CreateResponse(turn, [.. parts], isLast: true);
    }

    internal override IEnumerable<ServerSentEvent> StreamReply(ChatTurn turn)
    {
        foreach (string token in Tokenizer.Split(turn.Reply.Reasoning))
        {
            yield return ServerSentEvent.Create(CreateResponse(turn, [ThoughtPart(token)], isLast: false));
        }

        foreach (string token in Tokenizer.Split(turn.Reply.Text))
        {
            yield return ServerSentEvent.Create(CreateResponse(turn, [TextPart(token)], isLast: false));
        }

        foreach (ToolCall call in turn.Reply.ToolCalls)
        {
            yield return ServerSentEvent.Create(CreateResponse(turn, [FunctionCallPart(call)], isLast: false));
        }

        yield return ServerSentEvent.Create(CreateResponse(turn, turn.Reply.IsEmpty ? [] : [TextPart("")], isLast: true));
    }

    internal override ServerSentEvent ErrorEvent(string requestId) => ServerSentEvent.Create(new JsonObject
    {
        ["error"] = new JsonObject { ["code"] = 500, ["message"] = "upstream error", ["status"] = "INTERNAL" },
    });

    private static JsonObject CreateResponse(ChatTurn turn, JsonNode?[] parts, bool isLast)
    {
        JsonObject content = new() { ["role"] = "model" };
        if (parts.Length > 0)
        {
            content["parts"] = new JsonArray(parts);
        }

        JsonObject candidate = new() { ["content"] = content, ["index"] = 0 };
        JsonObject response = new() { ["candidates"] = new JsonArray(candidate) };
        if (isLast)
        {
            candidate["finishReason"] = FinishReasonName(turn.Reply.FinishReason);
            response["usageMetadata"] = Usage(turn);
        }

        response["modelVersion"] = turn.Model.Id.Split('/')[^1];
        response["responseId"] = turn.Id;
        return response;
    }

    private static JsonObject Usage(ChatTurn turn)
    {
        JsonObject usage = new()
        {
            ["promptTokenCount"] = turn.InputTokens,
            ["candidatesTokenCount"] = turn.OutputTokens - turn.Reply.ReasoningTokens,
            ["totalTokenCount"] = turn.InputTokens + turn.OutputTokens,
        };
        if (turn.Reply.ReasoningTokens > 0)
        {
            usage["thoughtsTokenCount"] = turn.Reply.ReasoningTokens;
        }

        return usage;
    }

    private static JsonObject TextPart(string text) => new() { ["text"] = text };

    private static JsonObject ThoughtPart(string text) => new() { ["text"] = text, ["thought"] = true };

    /// <summary>Function calls have no ID here; results refer to the function name.</summary>
    private static JsonObject FunctionCallPart(ToolCall call) => new()
    {
        ["functionCall"] = new JsonObject { ["name"] = call.Name, ["args"] = call.ArgumentObject() },
    };

    /// <summary>The protocol has no finish reason for tool calls.</summary>
    private static string FinishReasonName(FinishReason end) => end switch
    {
        FinishReason.Length => "MAX_TOKENS",
        FinishReason.ContentFilter => "SAFETY",
        _ => "STOP",
    };
}
