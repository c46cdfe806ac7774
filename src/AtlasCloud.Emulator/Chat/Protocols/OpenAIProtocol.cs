using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Chat.Protocols;

/// <summary>Chat completions.</summary>
internal sealed class OpenAIProtocol : ChatProtocol
{
    internal override IReadOnlyList<string> Names { get; } = ["openai.chat.completions"];

    internal override string IdPrefix => "chatcmpl-";

    internal override ChatQuestion Read(JsonObject body) => OpenAIRequest.Read(body);

    internal override JsonObject Write(ChatTurn turn)
    {
        ChatAnswer answer = turn.Answer;
        JsonObject message = new() { ["role"] = "assistant" };
        if (answer.Reasoning.Length > 0)
        {
            message["reasoning_content"] = answer.Reasoning;
        }

        message["content"] = answer.Calls.Count > 0 ? null : answer.Text;
        if (answer.Calls.Count > 0)
        {
            message["tool_calls"] = new JsonArray([.. answer.Calls.Select(call => ToolCall(call, call.Arguments))]);
        }

        JsonObject completion = Frame(turn, "chat.completion");
        completion["choices"] = new JsonArray(
            new JsonObject { ["index"] = 0, ["message"] = message, ["logprobs"] = null, ["finish_reason"] = Word(answer.End) });
        completion["usage"] = Usage(turn);
        return completion;
    }

    internal override IEnumerable<ServerEvent> Stream(ChatTurn turn)
    {
        ChatAnswer answer = turn.Answer;
        bool startsEmpty = answer.Reasoning.Length == 0 && answer.Calls.Count == 0;
        yield return Chunk(turn, new JsonObject { ["role"] = "assistant", ["content"] = startsEmpty ? "" : null }, null);
        foreach (string word in Words.Of(answer.Reasoning))
        {
            yield return Chunk(turn, new JsonObject { ["reasoning_content"] = word }, null);
        }

        foreach (string word in Words.Of(answer.Text))
        {
            yield return Chunk(turn, new JsonObject { ["content"] = word }, null);
        }

        for (int i = 0; i < answer.Calls.Count; i++)
        {
            // The first piece has id and name, the others are known by their index.
            JsonObject first = ToolCall(answer.Calls[i], "");
            first["index"] = i;
            yield return Chunk(turn, new JsonObject { ["tool_calls"] = new JsonArray(first) }, null);
            foreach (string piece in answer.Calls[i].Pieces())
            {
                JsonObject next = new() { ["index"] = i, ["function"] = new JsonObject { ["arguments"] = piece } };
                yield return Chunk(turn, new JsonObject { ["tool_calls"] = new JsonArray(next) }, null);
            }
        }

        yield return Chunk(turn, [], Word(answer.End));
        if (turn.Question.WantsUsage)
        {
            JsonObject last = Frame(turn, "chat.completion.chunk");
            last["choices"] = new JsonArray();
            last["usage"] = Usage(turn);
            yield return ServerEvent.Of(last);
        }

        yield return ServerEvent.Done;
    }

    internal override ServerEvent Failure(string requestId) => ServerEvent.Of(
        new JsonObject { ["code"] = 500, ["msg"] = "upstream error", ["request_id"] = requestId, ["data"] = null });

    internal static JsonObject Usage(ChatTurn turn)
    {
        JsonObject usage = new()
        {
            ["prompt_tokens"] = turn.InputTokens,
            ["completion_tokens"] = turn.OutputTokens,
            ["total_tokens"] = turn.InputTokens + turn.OutputTokens,
        };
        if (turn.Answer.ReasoningTokens > 0)
        {
            usage["completion_tokens_details"] = new JsonObject { ["reasoning_tokens"] = turn.Answer.ReasoningTokens };
        }

        return usage;
    }

    internal static string Word(AnswerEnd end) => end switch
    {
        AnswerEnd.Length => "length",
        AnswerEnd.ToolCalls => "tool_calls",
        AnswerEnd.ContentFilter => "content_filter",
        _ => "stop",
    };

    internal static JsonObject Frame(ChatTurn turn, string kind) => new()
    {
        ["id"] = turn.Id,
        ["object"] = kind,
        ["created"] = turn.UnixTime,
        ["model"] = turn.Model.Id,
    };

    private static JsonObject ToolCall(ToolCall call, string arguments) => new()
    {
        ["id"] = "call_" + call.Number,
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = arguments },
    };

    private static ServerEvent Chunk(ChatTurn turn, JsonObject delta, string? finishReason)
    {
        JsonObject chunk = Frame(turn, "chat.completion.chunk");
        chunk["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finishReason });
        return ServerEvent.Of(chunk);
    }
}
