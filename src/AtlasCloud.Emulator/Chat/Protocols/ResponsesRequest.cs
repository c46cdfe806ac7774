using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Pricing;

namespace AtlasCloud.Emulation.Chat.Protocols;

/// <summary>Parses requests of the Responses protocol.</summary>
internal static class ResponsesRequest
{
    internal static ChatRequest Read(JsonObject body)
    {
        RequestValues values = new(body, null);
        JsonNode? format = body["text"]?["format"];
        ChatRequest request = new()
        {
            Conversation = ReadInput(body),
            MaximumTokens = (int?)values.Number("max_output_tokens"),
            IsStreamed = values.Flag("stream"),
            WantsReasoning = body["reasoning"]?["effort"]?.ToString() is { } effort && effort != "none",
            Tools = [.. values.List("tools").Where(tool => tool?["name"] is not null)
                .Select(tool => new ToolDefinition(tool!["name"]!.ToString(), tool["parameters"]))],
            Schema = format?["type"]?.ToString() == "json_schema" ? format["schema"] : null,
        };
        JsonNode? choice = body["tool_choice"];
        return choice is JsonObject
            ? request.WithToolChoice(choice["type"]?.ToString(), choice["name"]?.ToString())
            : request.WithToolChoice(choice?.ToString(), null);
    }

    private static Conversation ReadInput(JsonObject body)
    {
        ConversationBuilder conversation = new();
        if (body["instructions"]?.ToString() is { Length: > 0 } instructions)
        {
            conversation.AddSystemPrompt(instructions);
        }

        if (body["input"] is JsonValue text)
        {
            conversation.AddMessage("user", text.ToString());
        }

        foreach (JsonNode? item in body["input"] as JsonArray ?? [])
        {
            switch (item?["type"]?.ToString() ?? "message")
            {
                case "message":
                    ReadMessage(item, conversation);
                    break;
                case "function_call":
                    conversation.AddToolCall(item!["call_id"]?.ToString() ?? "");
                    break;
                case "function_call_output":
                    conversation.AddToolResult(item!["call_id"]?.ToString() ?? "", ReadContent(item["output"], conversation));
                    break;
                case "reasoning":
                    break;
                case { } type:
                    conversation.SetError($"input: item type '{type}' is not supported");
                    break;
            }
        }

        return conversation.Build("input");
    }

    private static void ReadMessage(JsonNode? item, ConversationBuilder conversation)
    {
        string text = ReadContent(item?["content"], conversation);
        switch (item?["role"]?.ToString())
        {
            case "system" or "developer":
                conversation.AddSystemPrompt(text);
                break;
            case "user":
                conversation.AddMessage("user", text);
                break;
            case "assistant":
                conversation.AddMessage("assistant", text);
                break;
            case var role:
                conversation.SetError($"input: role '{role}' is not supported");
                break;
        }
    }

    private static string ReadContent(JsonNode? content, ConversationBuilder conversation)
    {
        if (content is not JsonArray parts)
        {
            return content?.ToString() ?? "";
        }

        foreach (JsonNode? part in parts)
        {
            switch (part?["type"]?.ToString())
            {
                case "input_text" or "output_text" or "refusal":
                    break;
                case "input_image" when part["image_url"] is JsonValue address:
                    conversation.AddImage(address.ToString());
                    break;
                case "input_audio":
                    conversation.AddInlineMedia("audio/" + part["input_audio"]?["format"], part["input_audio"]?["data"]?.ToString());
                    break;
                case var type:
                    conversation.SetError($"input: content type '{type}' is not supported");
                    break;
            }
        }

        return string.Concat(parts.Select(part => part?["text"]?.ToString()));
    }
}
