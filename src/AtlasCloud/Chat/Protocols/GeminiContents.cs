using System.Text.Json.Nodes;

namespace AtlasCloud.Chat.Protocols;

/// <summary>A conversation in the contents and parts of Gemini.</summary>
internal static class GeminiContents
{
    private const string OwnId = "atlas-call-";

    /// <summary>An id for a call to which the service gave none. It is never sent there.</summary>
    internal static string NewCallId() => OwnId + Guid.NewGuid().ToString("N")[..12];

    internal static JsonArray Compose(IReadOnlyList<ChatMessage> messages, Func<ChatToolCall, JsonObject> argumentsOf)
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
                ? [ResultOf(message, CallOf(messages, i))]
                : [.. PartsOf(message), .. message.ToolCalls.Select(c => CallPart(c, argumentsOf))];
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

    private static IEnumerable<JsonNode> PartsOf(ChatMessage message)
    {
        if (message.Text.Length > 0)
        {
            yield return new JsonObject { ["text"] = message.Text };
        }

        (IReadOnlyList<string> Sources, MediaKind Kind)[] media =
            [(message.Images, MediaKind.Image), (message.Videos, MediaKind.Video), (message.Audios, MediaKind.Audio)];
        foreach ((string source, MediaKind kind) in media.SelectMany(m => m.Sources.Select(s => (s, m.Kind))))
        {
            yield return DataUri.Find(source) is DataUri data
                ? new JsonObject { ["inlineData"] = new JsonObject { ["mimeType"] = data.ContentType, ["data"] = data.Base64 } }
                : new JsonObject { ["fileData"] = new JsonObject { ["mimeType"] = DataUri.ContentTypeOf(source, kind), ["fileUri"] = source } };
        }
    }

    private static JsonObject CallPart(ChatToolCall call, Func<ChatToolCall, JsonObject> argumentsOf)
    {
        JsonObject function = new() { ["name"] = call.Name, ["args"] = argumentsOf(call) };
        PutId(function, call.Id);
        JsonObject part = new() { ["functionCall"] = function };
        if (call.Signature is not null)
        {
            part["thoughtSignature"] = call.Signature;
        }

        return part;
    }

    private static JsonObject ResultOf(ChatMessage message, ChatToolCall? call)
    {
        JsonObject response = new()
        {
            ["name"] = call?.Name ?? message.ToolCallId ?? "",
            ["response"] = new JsonObject { [message.IsError ? "error" : "result"] = message.Text },
        };
        PutId(response, message.ToolCallId ?? "");
        return new JsonObject { ["functionResponse"] = response };
    }

    private static void PutId(JsonObject target, string id)
    {
        if (id.Length > 0 && !id.StartsWith(OwnId, StringComparison.Ordinal))
        {
            target["id"] = id;
        }
    }

    // A result names its function, of which our message only has the id.
    private static ChatToolCall? CallOf(IReadOnlyList<ChatMessage> messages, int result) =>
        messages.Take(result).Reverse().SelectMany(m => m.ToolCalls).FirstOrDefault(c => c.Id == messages[result].ToolCallId);
}
