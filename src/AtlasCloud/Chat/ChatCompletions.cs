using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Http;

namespace AtlasCloud;

/// <summary>The words of <c>/v1/chat/completions</c>.</summary>
internal static class ChatCompletions
{
    internal const string Protocol = "openai.chat.completions";

    internal static JsonObject Compose(ChatRequest request, string model, bool stream)
    {
        JsonObject body = new()
        {
            ["model"] = model,
            ["messages"] = new JsonArray([.. request.Messages.Select(ComposeMessage)]),
        };
        Put(body, "temperature", request.Temperature);
        Put(body, "top_p", request.TopP);
        Put(body, "max_tokens", request.MaximumTokens);
        Put(body, "stop", request.Stop.Count == 0 ? null : request.Stop);
        Put(body, "seed", request.Seed);
        Put(body, "reasoning_effort", request.ReasoningEffort);
        foreach (DictionaryEntry entry in request.Parameters ?? new Hashtable())
        {
            body[Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? ""] = JsonPlain.ToJson(entry.Value);
        }

        body["stream"] = stream;
        if (stream && !body.ContainsKey("stream_options"))
        {
            body["stream_options"] = new JsonObject { ["include_usage"] = true };
        }

        return body;
    }

    /// <summary>Reads an answer that came in one piece; null where it holds none.</summary>
    internal static ChatReply? Read(JsonElement root)
    {
        JsonElement? choice = root.Member("choices").Items().Cast<JsonElement?>().FirstOrDefault();
        JsonElement? message = choice?.Member("message");
        return message is not JsonElement said ? null : new ChatReply
        {
            Id = root.Text("id"),
            Model = root.Text("model"),
            Text = TextOf(said.Member("content")),
            Reasoning = said.Text("reasoning_content", "reasoning"),
            ToolCalls = [.. said.Member("tool_calls").Items().Select(ReadToolCall)],
            FinishReason = choice?.Text("finish_reason"),
            Usage = ChatUsage.Read(root.Member("usage")),
            AdditionalProperties = JsonPlain.DictionaryOf(root, name => name is not ("id" or "object" or "model" or "choices" or "usage")),
        };
    }

    /// <summary>Reads one piece of a stream.</summary>
    internal static ChatChunk ReadChunk(JsonElement root)
    {
        JsonElement? choice = root.Member("choices").Items().Cast<JsonElement?>().FirstOrDefault();
        JsonElement? delta = choice?.Member("delta") ?? choice?.Member("message");
        return new ChatChunk
        {
            Text = TextOf(delta?.Member("content")),
            Reasoning = delta?.Text("reasoning_content", "reasoning"),
            ToolCalls = [.. (delta?.Member("tool_calls")).Items().Select(ReadToolCall)],
            FinishReason = choice?.Text("finish_reason"),
            Usage = ChatUsage.Read(root.Member("usage")),
        };
    }

    /// <summary>The place of a tool call piece among the calls of its answer.</summary>
    internal static IEnumerable<(int Index, ChatToolCall Piece)> ToolPieces(JsonElement root)
    {
        JsonElement? choice = root.Member("choices").Items().Cast<JsonElement?>().FirstOrDefault();
        int position = 0;
        foreach (JsonElement piece in (choice?.Member("delta")?.Member("tool_calls")).Items())
        {
            yield return ((int)(piece.Member("index")?.AsInteger() ?? position), ReadToolCall(piece));
            position++;
        }
    }

    private static JsonObject ComposeMessage(ChatMessage message)
    {
        JsonObject composed = new() { ["role"] = message.Role };
        if (message.Images.Count > 0)
        {
            JsonArray parts = [];
            if (message.Text.Length > 0)
            {
                parts.Add((JsonNode)new JsonObject { ["type"] = "text", ["text"] = message.Text });
            }

            foreach (string image in message.Images)
            {
                parts.Add((JsonNode)new JsonObject { ["type"] = "image_url", ["image_url"] = new JsonObject { ["url"] = image } });
            }

            composed["content"] = parts;
        }
        else
        {
            composed["content"] = message.ToolCalls.Count > 0 && message.Text.Length == 0 ? null : JsonValue.Create(message.Text);
        }

        if (message.ToolCalls.Count > 0)
        {
            composed["tool_calls"] = new JsonArray([.. message.ToolCalls.Select(c => new JsonObject
            {
                ["id"] = c.Id,
                ["type"] = "function",
                ["function"] = new JsonObject { ["name"] = c.Name, ["arguments"] = c.Arguments },
            })]);
        }

        if (message.ToolCallId is not null)
        {
            composed["tool_call_id"] = message.ToolCallId;
        }

        return composed;
    }

    private static ChatToolCall ReadToolCall(JsonElement call) => new()
    {
        Id = call.Text("id") ?? "",
        Name = call.Member("function")?.Text("name") ?? "",
        Arguments = call.Member("function")?.Text("arguments") ?? "",
    };

    // Text, or the text parts of a list of parts.
    private static string TextOf(JsonElement? content) => content switch
    {
        { ValueKind: JsonValueKind.Array } => string.Concat(content.Items().Select(p => p.Text("text"))),
        JsonElement text => text.AsText() ?? "",
        null => "",
    };

    private static void Put(JsonObject body, string name, object? value)
    {
        if (value is not null)
        {
            body[name] = JsonPlain.ToJson(value);
        }
    }
}
