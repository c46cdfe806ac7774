using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Pricing;

namespace AtlasCloud.Emulation.Chat.Protocols;

/// <summary>Reads a request for a chat completion.</summary>
internal static class OpenAIRequest
{
    internal static ChatQuestion Read(JsonObject body)
    {
        RequestValues values = new(body, null);
        ChatQuestion question = new()
        {
            Conversation = Messages(body["messages"]),
            Limit = (int?)(values.Number("max_tokens") ?? values.Number("max_completion_tokens")),
            IsStreamed = values.Flag("stream"),
            WantsUsage = body["stream_options"]?["include_usage"]?.ToString() == "true",
            WantsReasoning = body["reasoning_effort"]?.ToString() is { } effort
                ? effort != "none"
                : body["thinking"]?["type"]?.ToString() == "enabled",
            Tools = [.. values.List("tools").Select(tool => tool?["function"]).Where(f => f?["name"] is not null)
                .Select(f => new ToolSpec(f!["name"]!.ToString(), f["parameters"]))],
            Schema = Schema(body["response_format"]),
        };
        JsonNode? choice = body["tool_choice"];
        return choice is JsonObject
            ? question.WithToolChoice(choice["type"]?.ToString(), choice["function"]?["name"]?.ToString())
            : question.WithToolChoice(choice?.ToString(), null);
    }

    private static JsonNode? Schema(JsonNode? format) => format?["type"]?.ToString() switch
    {
        "json_schema" => format["json_schema"]?["schema"],
        "json_object" => new JsonObject { ["properties"] = new JsonObject { ["answer"] = new JsonObject { ["type"] = "string" } } },
        _ => null,
    };

    private static Conversation Messages(JsonNode? messages)
    {
        ConversationReader reader = new();
        foreach (JsonNode? message in messages as JsonArray ?? [])
        {
            string role = message is JsonObject ? message["role"]?.ToString() ?? "" : "";
            string text = Text(message is JsonObject ? message["content"] : null, reader);
            switch (role)
            {
                case "system" or "developer":
                    reader.System(text);
                    break;
                case "user":
                    reader.Say(role, text);
                    break;
                case "assistant":
                    reader.Say(role, text);
                    foreach (JsonNode? call in message!["tool_calls"] as JsonArray ?? [])
                    {
                        reader.Call(call?["id"]?.ToString() ?? "");
                    }

                    break;
                case "tool":
                    reader.Result(message!["tool_call_id"]?.ToString() ?? "", text);
                    break;
                default:
                    reader.Fail($"messages: role '{role}' is not supported");
                    break;
            }
        }

        return reader.Build("messages");
    }

    private static string Text(JsonNode? content, ConversationReader reader)
    {
        foreach (JsonNode? part in content as JsonArray ?? [])
        {
            switch (part?["type"]?.ToString())
            {
                case "text":
                    break;
                case "image_url":
                    reader.Image(part["image_url"]?["url"]?.ToString());
                    break;
                case "video_url":
                    reader.Video(part["video_url"]?["url"]?.ToString());
                    break;
                case "input_audio":
                    reader.Inline("audio/" + part["input_audio"]?["format"], part["input_audio"]?["data"]?.ToString());
                    break;
                case { } type:
                    reader.Fail($"messages: content type '{type}' is not supported");
                    break;
            }
        }

        return content is JsonArray parts ? string.Concat(parts.Select(part => part?["text"]?.ToString())) : content?.ToString() ?? "";
    }
}
