using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Pricing;

namespace AtlasCloud.Emulation.Chat.Protocols;

/// <summary>Reads a request of the Responses protocol.</summary>
internal static class ResponsesRequest
{
    internal static ChatQuestion Read(JsonObject body)
    {
        RequestValues values = new(body, null);
        JsonNode? format = body["text"]?["format"];
        ChatQuestion question = new()
        {
            Conversation = Input(body),
            Limit = (int?)values.Number("max_output_tokens"),
            IsStreamed = values.Flag("stream"),
            WantsReasoning = body["reasoning"]?["effort"]?.ToString() is { } effort && effort != "none",
            Tools = [.. values.List("tools").Where(tool => tool?["name"] is not null)
                .Select(tool => new ToolSpec(tool!["name"]!.ToString(), tool["parameters"]))],
            Schema = format?["type"]?.ToString() == "json_schema" ? format["schema"] : null,
        };
        JsonNode? choice = body["tool_choice"];
        return choice is JsonObject
            ? question.WithToolChoice(choice["type"]?.ToString(), choice["name"]?.ToString())
            : question.WithToolChoice(choice?.ToString(), null);
    }

    private static Conversation Input(JsonObject body)
    {
        ConversationReader reader = new();
        if (body["instructions"]?.ToString() is { Length: > 0 } instructions)
        {
            reader.System(instructions);
        }

        if (body["input"] is JsonValue text)
        {
            reader.Say("user", text.ToString());
        }

        foreach (JsonNode? item in body["input"] as JsonArray ?? [])
        {
            switch (item?["type"]?.ToString() ?? "message")
            {
                case "message":
                    Message(item, reader);
                    break;
                case "function_call":
                    reader.Call(item!["call_id"]?.ToString() ?? "");
                    break;
                case "function_call_output":
                    reader.Result(item!["call_id"]?.ToString() ?? "", Text(item["output"], reader));
                    break;
                case "reasoning":
                    break;
                case { } type:
                    reader.Fail($"input: item type '{type}' is not supported");
                    break;
            }
        }

        return reader.Build("input");
    }

    private static void Message(JsonNode? item, ConversationReader reader)
    {
        string text = Text(item?["content"], reader);
        switch (item?["role"]?.ToString())
        {
            case "system" or "developer":
                reader.System(text);
                break;
            case "user":
                reader.Say("user", text);
                break;
            case "assistant":
                reader.Say("assistant", text);
                break;
            case var role:
                reader.Fail($"input: role '{role}' is not supported");
                break;
        }
    }

    private static string Text(JsonNode? content, ConversationReader reader)
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
                    reader.Image(address.ToString());
                    break;
                case "input_audio":
                    reader.Inline("audio/" + part["input_audio"]?["format"], part["input_audio"]?["data"]?.ToString());
                    break;
                case var type:
                    reader.Fail($"input: content type '{type}' is not supported");
                    break;
            }
        }

        return string.Concat(parts.Select(part => part?["text"]?.ToString()));
    }
}
