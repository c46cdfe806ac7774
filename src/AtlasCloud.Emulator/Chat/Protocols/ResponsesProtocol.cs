using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Chat.Protocols;

/// <summary>The Responses protocol of OpenAI: an answer is a list of items.</summary>
internal sealed class ResponsesProtocol : ChatProtocol
{
    internal override IReadOnlyList<string> Names { get; } = ["openai.responses"];

    internal override string IdPrefix => "resp_";

    internal override ChatQuestion Read(JsonObject body) => ResponsesRequest.Read(body);

    internal override JsonObject Write(ChatTurn turn)
    {
        JsonObject response = Frame(turn, Status(turn.Answer.End), [.. Items(turn)]);
        string? reason = turn.Answer.End switch
        {
            AnswerEnd.Length => "max_output_tokens",
            AnswerEnd.ContentFilter => "content_filter",
            _ => null,
        };
        response["incomplete_details"] = reason is null ? null : new JsonObject { ["reason"] = reason };
        JsonObject usage = new()
        {
            ["input_tokens"] = turn.InputTokens,
            ["output_tokens"] = turn.OutputTokens,
            ["total_tokens"] = turn.InputTokens + turn.OutputTokens,
        };
        if (turn.Answer.ReasoningTokens > 0)
        {
            usage["output_tokens_details"] = new JsonObject { ["reasoning_tokens"] = turn.Answer.ReasoningTokens };
        }

        response["usage"] = usage;
        return response;
    }

    internal override IEnumerable<ServerEvent> Stream(ChatTurn turn) => new ResponsesEvents(this, turn).All();

    internal override ServerEvent Failure(string requestId) => ServerEvent.Named(
        new JsonObject { ["type"] = "error", ["code"] = "server_error", ["message"] = "upstream error", ["param"] = null });

    internal static JsonObject Frame(ChatTurn turn, string status, params JsonNode?[] output) => new()
    {
        ["id"] = turn.Id,
        ["object"] = "response",
        ["created_at"] = turn.UnixTime,
        ["status"] = status,
        ["model"] = turn.Model.Id,
        ["output"] = new JsonArray(output),
    };

    internal static string Status(AnswerEnd end) => end is AnswerEnd.Length or AnswerEnd.ContentFilter ? "incomplete" : "completed";

    /// <summary>The items of an answer. One about thinking comes first, even where nothing of it is shown.</summary>
    internal static IEnumerable<JsonObject> Items(ChatTurn turn)
    {
        ChatAnswer answer = turn.Answer;
        if (answer.IsEmpty)
        {
            yield break;
        }

        JsonArray summary = answer.Reasoning.Length > 0 ? [new JsonObject { ["type"] = "summary_text", ["text"] = answer.Reasoning }] : [];
        yield return new JsonObject { ["id"] = "rs_" + turn.Number, ["type"] = "reasoning", ["summary"] = summary };
        if (answer.Text.Length > 0)
        {
            yield return new JsonObject
            {
                ["id"] = "msg_" + turn.Number,
                ["type"] = "message",
                ["role"] = "assistant",
                ["status"] = Status(answer.End),
                ["content"] = new JsonArray(TextPart(answer.Text)),
            };
        }

        foreach (ToolCall call in answer.Calls)
        {
            yield return new JsonObject
            {
                ["id"] = "fc_" + call.Number,
                ["type"] = "function_call",
                ["call_id"] = "call_" + call.Number,
                ["name"] = call.Name,
                ["arguments"] = call.Arguments,
                ["status"] = "completed",
            };
        }
    }

    internal static JsonObject TextPart(string text) => new() { ["type"] = "output_text", ["text"] = text, ["annotations"] = new JsonArray() };
}
