using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Chat.Protocols;

/// <summary>The OpenAI Responses protocol: a reply is a list of output items.</summary>
internal sealed class ResponsesProtocol : ChatProtocol
{
    internal override IReadOnlyList<string> CatalogNames { get; } = ["openai.responses"];

    internal override string IdPrefix => "resp_";

    internal override ChatRequest ReadRequest(JsonObject body) => ResponsesRequest.Read(body);

    internal override JsonObject WriteReply(ChatTurn turn)
    {
        JsonObject response = CreateResponse(turn, Status(turn.Reply.FinishReason), [.. OutputItems(turn)]);
        string? reason = turn.Reply.FinishReason switch
        {
            FinishReason.Length => "max_output_tokens",
            FinishReason.ContentFilter => "content_filter",
            _ => null,
        };
        response["incomplete_details"] = reason is null ? null : new JsonObject { ["reason"] = reason };
        JsonObject usage = new()
        {
            ["input_tokens"] = turn.InputTokens,
            ["output_tokens"] = turn.OutputTokens,
            ["total_tokens"] = turn.InputTokens + turn.OutputTokens,
        };
        if (turn.Reply.ReasoningTokens > 0)
        {
            usage["output_tokens_details"] = new JsonObject { ["reasoning_tokens"] = turn.Reply.ReasoningTokens };
        }

        response["usage"] = usage;
        return response;
    }

    internal override IEnumerable<ServerSentEvent> StreamReply(ChatTurn turn) => new ResponsesEventStream(this, turn).GetEvents();

    internal override ServerSentEvent ErrorEvent(string requestId) => ServerSentEvent.CreateNamed(
        new JsonObject { ["type"] = "error", ["code"] = "server_error", ["message"] = "upstream error", ["param"] = null });

    internal static JsonObject CreateResponse(ChatTurn turn, string status, params JsonNode?[] output) => new()
    {
        ["id"] = turn.Id,
        ["object"] = "response",
        ["created_at"] = turn.UnixTime,
        ["status"] = status,
        ["model"] = turn.Model.Id,
        ["output"] = new JsonArray(output),
    };

    internal static string Status(FinishReason end) => end is FinishReason.Length or FinishReason.ContentFilter ? "incomplete" : "completed";

    /// <summary>The output items. As on the service, a reasoning item always comes first, even without a visible summary.</summary>
    internal static IEnumerable<JsonObject> OutputItems(ChatTurn turn)
    {
        ChatReply reply = turn.Reply;
        if (reply.IsEmpty)
        {
            yield break;
        }

        JsonArray summary = reply.Reasoning.Length > 0 ? [new JsonObject { ["type"] = "summary_text", ["text"] = reply.Reasoning }] : [];
        yield return new JsonObject { ["id"] = "rs_" + turn.IdSuffix, ["type"] = "reasoning", ["summary"] = summary };
        if (reply.Text.Length > 0)
        {
            yield return new JsonObject
            {
                ["id"] = "msg_" + turn.IdSuffix,
                ["type"] = "message",
                ["role"] = "assistant",
                ["status"] = Status(reply.FinishReason),
                ["content"] = new JsonArray(TextPart(reply.Text)),
            };
        }

        foreach (ToolCall call in reply.ToolCalls)
        {
            yield return new JsonObject
            {
                ["id"] = "fc_" + call.IdSuffix,
                ["type"] = "function_call",
                ["call_id"] = "call_" + call.IdSuffix,
                ["name"] = call.Name,
                ["arguments"] = call.Arguments,
                ["status"] = "completed",
            };
        }
    }

    internal static JsonObject TextPart(string text) => new() { ["type"] = "output_text", ["text"] = text, ["annotations"] = new JsonArray() };
}
