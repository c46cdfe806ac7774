using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Pricing;

namespace AtlasCloud.Emulation.Chat.Protocols;

/// <summary>Parses chat completion requests.</summary>
internal static class OpenAIRequest
{
    internal static ChatRequest Read(JsonObject body)
    {
        RequestValues values = new(body, null);
        ChatRequest request = new()
        {
            Conversation = ReadMessages(body["messages"]),
            MaximumTokens = (int?)(values.Number("max_tokens") ?? values.Number("max_completion_tokens")),
            IsStreamed = values.Flag("stream"),
            WantsUsage = body["stream_options"]?["include_usage"]?.ToString() == "true",
            WantsReasoning = body["reasoning_effort"]?.ToString() is { } effort
                ? effort != "none"
                : body["thinking"]?["type"]?.ToString() == "enabled",
            Tools = [.. values.List("tools").Select(tool => tool?["function"]).Where(f => f?["name"] is not null)
                .Select(f => new ToolDefinition(f!["name"]!.ToString(), f["parameters"]))],
            Schema = ReadSchema(body["response_format"]),
        };
        JsonNode? choice = body["tool_choice"];
        return choice is JsonObject
            ? request.WithToolChoice(choice["type"]?.ToString(), choice["function"]?["name"]?.ToString())
            : request.WithToolChoice(choice?.ToString(), null);
    }

    private static JsonNode? ReadSchema(JsonNode? format) => format?["type"]?.ToString() switch
    {
        "json_schema" => format["json_schema"]?["schema"],
        "json_object" => new JsonObject { ["properties"] = new JsonObject { ["answer"] = new JsonObject { ["type"] = "string" } } },
        _ => null,
    };

    private static Conversation ReadMessages(JsonNode? messages)
    {
        ConversationBuilder conversation = new();
        foreach (JsonNode? message in messages as JsonArray ?? [])
        {
            string role = message is JsonObject ? message["role"]?.ToString() ?? "" : "";
            string text = ReadContent(message is JsonObject ? message["content"] : null, conversation);
            switch (role)
            {
                case "system" or "developer":
                    conversation.AddSystemPrompt(text);
                    break;
                case "user":
                    conversation.AddMessage(role, text);
                    break;
                case "assistant":
                    conversation.AddMessage(role, text);
                    foreach (JsonNode? call in message!["tool_calls"] as JsonArray ?? [])
                    {
                        conversation.AddToolCall(call?["id"]?.ToString() ?? "");
                    }

                    break;
                case "tool":
                    conversation.AddToolResult(message!["tool_call_id"]?.ToString() ?? "", text);
                    break;
                default:
                    conversation.SetError($"messages: role '{role}' is not supported");
                    break;
            }
        }

        return conversation.Build("messages");
    }

    private static string ReadContent(JsonNode? content, ConversationBuilder conversation)
    {
        foreach (JsonNode? part in content as JsonArray ?? [])
        {
            switch (part?["type"]?.ToString())
            {
                case "text":
                    break;
                case "image_url":
                    conversation.AddImage(part["image_url"]?["url"]?.ToString());
                    break;
                case "video_url":
                    conversation.AddVideo(part["video_url"]?["url"]?.ToString());
                    break;
                case "input_audio":
                    conversation.AddInlineMedia("audio/" + part["input_audio"]?["format"], part["input_audio"]?["data"]?.ToString());
                    break;
                case { } type:
                    conversation.SetError($"messages: content type '{type}' is not supported");
                    break;
            }
        }

        return content is JsonArray parts ? string.Concat(parts.Select(part => part?["text"]?.ToString())) : content?.ToString() ?? "";
    }
}
