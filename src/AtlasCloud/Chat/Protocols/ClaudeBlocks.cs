using System.Text.Json.Nodes;

namespace AtlasCloud.Chat.Protocols;

/// <summary>The content of a message in the blocks of <c>/v1/messages</c>.</summary>
internal static class ClaudeBlocks
{
    internal static IEnumerable<JsonNode> Compose(ChatMessage message, bool isInLastTurn, Func<ChatToolCall, JsonObject> parseArguments)
    {
        if (message.Role == "tool")
        {
            JsonObject result = new() { ["type"] = "tool_result", ["tool_use_id"] = message.ToolCallId, ["content"] = message.Text };
            if (message.IsError)
            {
                result["is_error"] = true;
            }

            yield return result;
            yield break;
        }

        foreach (ReasoningBlock reasoning in isInLastTurn ? message.ReasoningBlocks.Where(t => t.Signature is not null) : [])
        {
            yield return reasoning.IsRedacted
                ? new JsonObject { ["type"] = "redacted_thinking", ["data"] = reasoning.Signature }
                : new JsonObject { ["type"] = "thinking", ["thinking"] = reasoning.Text, ["signature"] = reasoning.Signature };
        }

        foreach (string image in message.Images)
        {
            JsonObject source = DataUri.Parse(image) is DataUri data
                ? new JsonObject { ["type"] = "base64", ["media_type"] = data.ContentType, ["data"] = data.Base64 }
                : new JsonObject { ["type"] = "url", ["url"] = image };
            yield return new JsonObject { ["type"] = "image", ["source"] = source };
        }

        // The service refuses empty text.
        if (message.Text.Length > 0)
        {
            yield return new JsonObject { ["type"] = "text", ["text"] = message.Text };
        }

        foreach (ChatToolCall call in message.ToolCalls)
        {
            yield return new JsonObject { ["type"] = "tool_use", ["id"] = call.Id, ["name"] = call.Name, ["input"] = parseArguments(call) };
        }
    }
}
