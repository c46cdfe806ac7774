using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Data;
using AtlasCloud.Emulation.Http;

namespace AtlasCloud.Emulation.Chat.Protocols;

/// <summary>The Anthropic Messages protocol: a reply is a list of content blocks.</summary>
internal sealed class ClaudeProtocol : ChatProtocol
{
    private const string Signature = "c2lnbmVkIGJ5IHRoZSBlbXVsYXRvcg==";

    internal override IReadOnlyList<string> CatalogNames { get; } = ["claude.messages"];

    internal override string IdPrefix => "msg_";

    internal override ChatRequest ReadRequest(JsonObject body) => ClaudeRequest.Read(body);

    internal override Reply? Validate(JsonObject body) => body["max_tokens"] is null ? Sample.All["errors/anthropic-style.json"].ToReply() : null;

    internal override JsonObject WriteReply(ChatTurn turn)
    {
        JsonObject message = CreateMessage(turn, turn.OutputTokens);
        message["content"] = new JsonArray([.. ContentBlocks(turn.Reply)]);
        message["stop_reason"] = StopReason(turn.Reply.FinishReason);
        return message;
    }

    internal override IEnumerable<ServerSentEvent> StreamReply(ChatTurn turn)
    {
        yield return ServerSentEvent.CreateNamed(new JsonObject { ["type"] = "message_start", ["message"] = CreateMessage(turn, 1) });
        int index = 0;
        foreach (JsonObject block in ContentBlocks(turn.Reply))
        {
            yield return BlockEvent("content_block_start", index, "content_block", WithoutContent(block));
            if (index == 0)
            {
                yield return ServerSentEvent.CreateNamed(new JsonObject { ["type"] = "ping" });
            }

            foreach (JsonObject delta in Deltas(block, turn.Reply))
            {
                yield return BlockEvent("content_block_delta", index, "delta", delta);
            }

            yield return ServerSentEvent.CreateNamed(new JsonObject { ["type"] = "content_block_stop", ["index"] = index++ });
        }

        yield return ServerSentEvent.CreateNamed(new JsonObject
        {
            ["type"] = "message_delta",
            ["delta"] = new JsonObject { ["stop_reason"] = StopReason(turn.Reply.FinishReason), ["stop_sequence"] = null },
            ["usage"] = new JsonObject { ["output_tokens"] = turn.OutputTokens },
        });
        yield return ServerSentEvent.CreateNamed(new JsonObject { ["type"] = "message_stop" });
    }

    internal override ServerSentEvent ErrorEvent(string requestId) => ServerSentEvent.CreateNamed(new JsonObject
    {
        ["type"] = "error",
        ["error"] = new JsonObject { ["type"] = "overloaded_error", ["message"] = "Overloaded" },
        ["request_id"] = requestId,
    });

    private static IEnumerable<JsonObject> ContentBlocks(ChatReply reply)
    {
        if (reply.Reasoning.Length > 0)
        {
            yield return new JsonObject { ["type"] = "thinking", ["thinking"] = reply.Reasoning, ["signature"] = Signature };
        }

        if (reply.Text.Length > 0)
        {
            yield return new JsonObject { ["type"] = "text", ["text"] = reply.Text };
        }

        foreach (ToolCall call in reply.ToolCalls)
        {
            yield return new JsonObject
            {
                ["type"] = "tool_use",
                ["id"] = "toolu_" + call.IdSuffix,
                ["name"] = call.Name,
                ["input"] = call.ArgumentObject(),
            };
        }
    }

    private static JsonObject WithoutContent(JsonObject block)
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

    private static IEnumerable<JsonObject> Deltas(JsonObject block, ChatReply reply)
    {
        switch (block["type"]!.ToString())
        {
            case "thinking":
                return Tokenizer.Split(reply.Reasoning).Select(token => Delta("thinking_delta", "thinking", token))
                    .Append(Delta("signature_delta", "signature", Signature));
            case "text":
                return Tokenizer.Split(reply.Text).Select(token => Delta("text_delta", "text", token));
            default:
                ToolCall call = reply.ToolCalls.First(c => block["id"]!.ToString().EndsWith(c.IdSuffix, StringComparison.Ordinal));
                return call.ArgumentChunks().Prepend("").Select(chunk => Delta("input_json_delta", "partial_json", chunk));
        }
    }

    private static JsonObject Delta(string type, string member, string text) => new() { ["type"] = type, [member] = text };

    private static ServerSentEvent BlockEvent(string type, int index, string member, JsonObject value) => ServerSentEvent.CreateNamed(
        new JsonObject { ["type"] = type, ["index"] = index, [member] = value });

    private static JsonObject CreateMessage(ChatTurn turn, long outputTokens) => new()
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

    private static string StopReason(FinishReason end) => end switch
    {
        FinishReason.Length => "max_tokens",
        FinishReason.ToolCalls => "tool_use",
        FinishReason.ContentFilter => "refusal",
        _ => "end_turn",
    };
}
