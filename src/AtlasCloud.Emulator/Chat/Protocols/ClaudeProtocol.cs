using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Data;
using AtlasCloud.Emulation.Http;

namespace AtlasCloud.Emulation.Chat.Protocols;

/// <summary>The Messages protocol of Anthropic: an answer is a list of blocks.</summary>
internal sealed class ClaudeProtocol : ChatProtocol
{
    private const string Signature = "c2lnbmVkIGJ5IHRoZSBlbXVsYXRvcg==";

    internal override IReadOnlyList<string> Names { get; } = ["claude.messages"];

    internal override string IdPrefix => "msg_";

    internal override ChatQuestion Read(JsonObject body) => ClaudeRequest.Read(body);

    internal override Reply? Refuse(JsonObject body) => body["max_tokens"] is null ? Sample.All["errors/anthropic-style.json"].ToReply() : null;

    internal override JsonObject Write(ChatTurn turn)
    {
        JsonObject message = Frame(turn, turn.OutputTokens);
        message["content"] = new JsonArray([.. Blocks(turn.Answer)]);
        message["stop_reason"] = Word(turn.Answer.End);
        return message;
    }

    internal override IEnumerable<ServerEvent> Stream(ChatTurn turn)
    {
        yield return ServerEvent.Named(new JsonObject { ["type"] = "message_start", ["message"] = Frame(turn, 1) });
        int index = 0;
        foreach (JsonObject block in Blocks(turn.Answer))
        {
            yield return Event("content_block_start", index, "content_block", Emptied(block));
            if (index == 0)
            {
                yield return ServerEvent.Named(new JsonObject { ["type"] = "ping" });
            }

            foreach (JsonObject delta in Deltas(block, turn.Answer))
            {
                yield return Event("content_block_delta", index, "delta", delta);
            }

            yield return ServerEvent.Named(new JsonObject { ["type"] = "content_block_stop", ["index"] = index++ });
        }

        yield return ServerEvent.Named(new JsonObject
        {
            ["type"] = "message_delta",
            ["delta"] = new JsonObject { ["stop_reason"] = Word(turn.Answer.End), ["stop_sequence"] = null },
            ["usage"] = new JsonObject { ["output_tokens"] = turn.OutputTokens },
        });
        yield return ServerEvent.Named(new JsonObject { ["type"] = "message_stop" });
    }

    internal override ServerEvent Failure(string requestId) => ServerEvent.Named(new JsonObject
    {
        ["type"] = "error",
        ["error"] = new JsonObject { ["type"] = "overloaded_error", ["message"] = "Overloaded" },
        ["request_id"] = requestId,
    });

    private static IEnumerable<JsonObject> Blocks(ChatAnswer answer)
    {
        if (answer.Reasoning.Length > 0)
        {
            yield return new JsonObject { ["type"] = "thinking", ["thinking"] = answer.Reasoning, ["signature"] = Signature };
        }

        if (answer.Text.Length > 0)
        {
            yield return new JsonObject { ["type"] = "text", ["text"] = answer.Text };
        }

        foreach (ToolCall call in answer.Calls)
        {
            yield return new JsonObject
            {
                ["type"] = "tool_use",
                ["id"] = "toolu_" + call.Number,
                ["name"] = call.Name,
                ["input"] = call.ArgumentObject(),
            };
        }
    }

    private static JsonObject Emptied(JsonObject block)
    {
        JsonObject empty = block.DeepClone().AsObject();
        foreach (string member in new[] { "text", "thinking", "signature" }.Where(empty.ContainsKey))
        {
            empty[member] = "";
        }

        if (empty.ContainsKey("input"))
        {
            empty["input"] = new JsonObject();
        }

        return empty;
    }

    private static IEnumerable<JsonObject> Deltas(JsonObject block, ChatAnswer answer)
    {
        switch (block["type"]!.ToString())
        {
            case "thinking":
                return Words.Of(answer.Reasoning).Select(word => Delta("thinking_delta", "thinking", word))
                    .Append(Delta("signature_delta", "signature", Signature));
            case "text":
                return Words.Of(answer.Text).Select(word => Delta("text_delta", "text", word));
            default:
                ToolCall call = answer.Calls.First(c => block["id"]!.ToString().EndsWith(c.Number, StringComparison.Ordinal));
                return call.Pieces().Prepend("").Select(piece => Delta("input_json_delta", "partial_json", piece));
        }
    }

    private static JsonObject Delta(string type, string member, string text) => new() { ["type"] = type, [member] = text };

    private static ServerEvent Event(string type, int index, string member, JsonObject value) => ServerEvent.Named(
        new JsonObject { ["type"] = type, ["index"] = index, [member] = value });

    private static JsonObject Frame(ChatTurn turn, long outputTokens) => new()
    {
        ["id"] = turn.Id,
        ["type"] = "message",
        ["role"] = "assistant",
        ["model"] = turn.Model.Id,
        ["content"] = new JsonArray(),
        ["stop_reason"] = null,
        ["stop_sequence"] = null,
        ["usage"] = new JsonObject { ["input_tokens"] = turn.InputTokens, ["output_tokens"] = outputTokens },
    };

    private static string Word(AnswerEnd end) => end switch
    {
        AnswerEnd.Length => "max_tokens",
        AnswerEnd.ToolCalls => "tool_use",
        AnswerEnd.ContentFilter => "refusal",
        _ => "end_turn",
    };
}
