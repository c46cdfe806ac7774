using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Catalog;

namespace AtlasCloud.Emulation.Chat;

/// <summary>One question and its answer, written in the words of OpenAI.</summary>
internal sealed class ChatTurn
{
    private const int TokensPerToolCall = 12;

    private readonly ChatAnswer _answer;
    private readonly ToolRequest? _tool;

    internal ChatTurn(CatalogModel model, Conversation conversation, ChatAnswer answer, ToolRequest? tool, DateTimeOffset time)
    {
        (Model, Conversation, _answer, _tool, Time) = (model, conversation, answer, tool, time);
        Id = "chatcmpl-" + Guid.NewGuid().ToString("N")[..12];
    }

    internal string Id { get; }

    internal CatalogModel Model { get; }

    internal Conversation Conversation { get; }

    internal DateTimeOffset Time { get; }

    internal long OutputTokens => _tool is null ? _answer.Tokens : TokensPerToolCall;

    private string FinishReason => _tool is null ? _answer.FinishReason : "tool_calls";

    internal JsonObject ToCompletion()
    {
        JsonObject message = new() { ["role"] = "assistant", ["content"] = _tool is null ? _answer.Text : null };
        if (_tool is not null)
        {
            message["tool_calls"] = new JsonArray(ToolCall(_tool.Arguments));
        }

        JsonObject completion = Frame("chat.completion");
        completion["choices"] = new JsonArray(
            new JsonObject { ["index"] = 0, ["message"] = message, ["logprobs"] = null, ["finish_reason"] = FinishReason });
        completion["usage"] = Usage();
        return completion;
    }

    /// <summary>The chunks of a streamed answer, one a word.</summary>
    internal IEnumerable<JsonObject> ToChunks(bool withUsage)
    {
        yield return Chunk(new JsonObject { ["role"] = "assistant", ["content"] = "" }, null);
        if (_tool is not null)
        {
            // The name comes first, the arguments follow in two pieces.
            int half = _tool.Arguments.Length / 2;
            JsonObject first = ToolCall("");
            first["index"] = 0;
            yield return Chunk(new JsonObject { ["tool_calls"] = new JsonArray(first) }, null);
            yield return Chunk(Arguments(_tool.Arguments[..half]), null);
            yield return Chunk(Arguments(_tool.Arguments[half..]), null);
        }
        else
        {
            foreach (string word in ChatAnswer.Words(_answer.Text))
            {
                yield return Chunk(new JsonObject { ["content"] = word }, null);
            }
        }

        yield return Chunk([], FinishReason);
        if (withUsage)
        {
            JsonObject last = Frame("chat.completion.chunk");
            last["choices"] = new JsonArray();
            last["usage"] = Usage();
            yield return last;
        }
    }

    private static JsonObject Arguments(string piece) => new()
    {
        ["tool_calls"] = new JsonArray(new JsonObject { ["index"] = 0, ["function"] = new JsonObject { ["arguments"] = piece } }),
    };

    private JsonObject ToolCall(string arguments) => new()
    {
        ["id"] = "call_" + Id[^8..],
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = _tool!.Name, ["arguments"] = arguments },
    };

    private JsonObject Chunk(JsonObject delta, string? finishReason)
    {
        JsonObject chunk = Frame("chat.completion.chunk");
        chunk["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finishReason });
        return chunk;
    }

    private JsonObject Frame(string kind) => new()
    {
        ["id"] = Id,
        ["object"] = kind,
        ["created"] = Time.ToUnixTimeSeconds(),
        ["model"] = Model.Id,
    };

    private JsonObject Usage() => new()
    {
        ["prompt_tokens"] = Conversation.Tokens,
        ["completion_tokens"] = OutputTokens,
        ["total_tokens"] = Conversation.Tokens + OutputTokens,
    };
}
