using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Chat.Protocols;

/// <summary>The OpenAI chat completions protocol.</summary>
internal sealed class OpenAIProtocol : ChatProtocol
{
    internal override IReadOnlyList<string> CatalogNames { get; } = ["openai.chat.completions"];

    internal override string IdPrefix => "chatcmpl-";

    internal override ChatRequest ReadRequest(JsonObject body) => OpenAIRequest.Read(body);

    internal override JsonObject WriteReply(ChatTurn turn)
    {
        ChatReply reply = turn.Reply;
        JsonObject message = new() { ["role"] = "assistant" };
        if (reply.Reasoning.Length > 0)
        {
            message["reasoning_content"] = reply.Reasoning;
        }

        message["content"] = reply.ToolCalls.Count > 0 ? null : reply.Text;
        if (reply.ToolCalls.Count > 0)
        {
            message["tool_calls"] = new JsonArray([.. reply.ToolCalls.Select(call => WriteToolCall(call, call.Arguments))]);
        }

        JsonObject completion = CreateCompletion(turn, "chat.completion");
        completion["choices"] = new JsonArray(
            new JsonObject { ["index"] = 0, ["message"] = message, ["logprobs"] = null, ["finish_reason"] = FinishReasonName(reply.FinishReason) });
        completion["usage"] = Usage(turn);
        return completion;
    }

    internal override IEnumerable<ServerSentEvent> StreamReply(ChatTurn turn)
    {
        ChatReply reply = turn.Reply;
        bool startsEmpty = reply.Reasoning.Length == 0 && reply.ToolCalls.Count == 0;
        yield return CreateChunk(turn, new JsonObject { ["role"] = "assistant", ["content"] = startsEmpty ? "" : null }, null);
        foreach (string token in Tokenizer.Split(reply.Reasoning))
        {
            yield return CreateChunk(turn, new JsonObject { ["reasoning_content"] = token }, null);
        }

        foreach (string token in Tokenizer.Split(reply.Text))
        {
            yield return CreateChunk(turn, new JsonObject { ["content"] = token }, null);
        }

        for (int i = 0; i < reply.ToolCalls.Count; i++)
        {
            // Only the first chunk of a call contains its ID and name; later chunks refer to its index.
            JsonObject first = WriteToolCall(reply.ToolCalls[i], "");
            first["index"] = i;
            yield return CreateChunk(turn, new JsonObject { ["tool_calls"] = new JsonArray(first) }, null);
            foreach (string chunk in reply.ToolCalls[i].ArgumentChunks())
            {
                JsonObject next = new() { ["index"] = i, ["function"] = new JsonObject { ["arguments"] = chunk } };
                yield return CreateChunk(turn, new JsonObject { ["tool_calls"] = new JsonArray(next) }, null);
            }
        }

        yield return CreateChunk(turn, [], FinishReasonName(reply.FinishReason));
        if (turn.Request.WantsUsage)
        {
            JsonObject last = CreateCompletion(turn, "chat.completion.chunk");
            last["choices"] = new JsonArray();
            last["usage"] = Usage(turn);
            yield return ServerSentEvent.Create(last);
        }

        yield return ServerSentEvent.Done;
    }

    internal override ServerSentEvent ErrorEvent(string requestId) => ServerSentEvent.Create(
        new JsonObject { ["code"] = 500, ["msg"] = "upstream error", ["request_id"] = requestId, ["data"] = null });

    internal static JsonObject Usage(ChatTurn turn)
    {
        JsonObject usage = new()
        {
            ["prompt_tokens"] = turn.InputTokens,
            ["completion_tokens"] = turn.OutputTokens,
            ["total_tokens"] = turn.InputTokens + turn.OutputTokens,
        };
        if (turn.Reply.ReasoningTokens > 0)
        {
            usage["completion_tokens_details"] = new JsonObject { ["reasoning_tokens"] = turn.Reply.ReasoningTokens };
        }

        return usage;
    }

    internal static string FinishReasonName(FinishReason end) => end switch
    {
        FinishReason.Length => "length",
        FinishReason.ToolCalls => "tool_calls",
        FinishReason.ContentFilter => "content_filter",
        _ => "stop",
    };

    internal static JsonObject CreateCompletion(ChatTurn turn, string kind) => new()
    {
        ["id"] = turn.Id,
        ["object"] = kind,
        ["created"] = turn.UnixTime,
        ["model"] = turn.Model.Id,
    };

    private static JsonObject WriteToolCall(ToolCall call, string arguments) => new()
    {
        ["id"] = "call_" + call.IdSuffix,
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = arguments },
    };

    private static ServerSentEvent CreateChunk(ChatTurn turn, JsonObject delta, string? finishReason)
    {
        JsonObject chunk = CreateCompletion(turn, "chat.completion.chunk");
        chunk["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finishReason });
        return ServerSentEvent.Create(chunk);
    }
}
