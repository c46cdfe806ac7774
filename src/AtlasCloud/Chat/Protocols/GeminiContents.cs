using System.Text.Json.Nodes;

namespace AtlasCloud.Chat.Protocols;

/// <summary>The contents and parts of a conversation with Gemini.</summary>
internal static class GeminiContents
{
    private const string LocalIdPrefix = "atlas-call-";

    /// <summary>An ID for a call that the service sent without one. It is never sent back.</summary>
    internal static string NewCallId() => LocalIdPrefix + Guid.NewGuid().ToString("N")[..12];

    internal static JsonArray Compose(IReadOnlyList<ChatMessage> messages, Func<ChatToolCall, JsonObject> parseArguments)
    {
        JsonArray contents = [];
        for (int i = 0; i < messages.Count; i++)
        {
            ChatMessage message = messages[i];
            if (ChatProtocol.IsSystem(message))
            {
                continue;
            }

            string role = message.Role == "assistant" ? "model" : "user";
            JsonNode[] parts = message.Role == "tool"
                ? [ComposeResult(message, FindCall(messages, i))]
                : [.. ComposeParts(message), .. message.ToolCalls.Select(c => ComposeCall(c, parseArguments))];
            if (contents.Count > 0 && contents[^1]!["role"]!.ToString() == role)
            {
                foreach (JsonNode part in parts)
                {
                    contents[^1]!["parts"]!.AsArray().Add(part);
                }
            }
            else if (parts.Length > 0)
            {
                contents.Add((JsonNode)new JsonObject { ["role"] = role, ["parts"] = new JsonArray(parts) });
            }
        }

        return contents;
    }

    private static IEnumerable<JsonNode> ComposeParts(ChatMessage message)
    {
        if (message.Text.Length > 0)
        {
            yield return new JsonObject { ["text"] = message.Text };
        }

        (IReadOnlyList<string> Sources, MediaKind Kind)[] media =
            [(message.Images, MediaKind.Image), (message.Videos, MediaKind.Video), (message.Audios, MediaKind.Audio)];
        foreach ((string source, MediaKind kind) in media.SelectMany(m => m.Sources.Select(s => (s, m.Kind))))
        {
            yield return DataUri.Parse(source) is DataUri data
                ? new JsonObject { ["inline_data"] = new JsonObject { ["mime_type"] = data.ContentType, ["data"] = data.Base64 } }
                : new JsonObject { ["file_data"] = new JsonObject { ["mime_type"] = DataUri.GuessContentType(source, kind), ["file_uri"] = source } };
        }
    }

    private static JsonObject ComposeCall(ChatToolCall call, Func<ChatToolCall, JsonObject> parseArguments)
    {
        JsonObject function = new() { ["name"] = call.Name, ["args"] = parseArguments(call) };
        SetId(function, call.Id);
        JsonObject part = new() { ["functionCall"] = function };
        if (call.Signature is not null)
        {
            part["thoughtSignature"] = call.Signature;
        }

        return part;
    }

    private static JsonObject ComposeResult(ChatMessage message, ChatToolCall? call)
    {
        JsonObject response = new()
        {
            ["name"] = call?.Name ?? message.ToolCallId ?? "",
            ["response"] = new JsonObject { [message.IsError ? "error" : "result"] = message.Text },
        };
        SetId(response, message.ToolCallId ?? "");
        return new JsonObject { ["functionResponse"] = response };
    }

    private static void SetId(JsonObject target, string id)
    {
        if (id.Length > 0 && !id.StartsWith(LocalIdPrefix, StringComparison.Ordinal))
        {
            target["id"] = id;
        }
    }

    // A result has to name its function, but the message has only the ID.
    private static ChatToolCall? FindCall(IReadOnlyList<ChatMessage> messages, int result) =>
        messages.Take(result).Reverse().SelectMany(m => m.ToolCalls).FirstOrDefault(c => c.Id == messages[result].ToolCallId);
}
