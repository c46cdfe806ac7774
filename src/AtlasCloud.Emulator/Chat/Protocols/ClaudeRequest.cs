using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Pricing;

namespace AtlasCloud.Emulation.Chat.Protocols;

/// <summary>Parses requests of the Messages protocol.</summary>
internal static class ClaudeRequest
{
    internal static ChatRequest Read(JsonObject body)
    {
        RequestValues values = new(body, null);
        return new ChatRequest
        {
            Conversation = ReadMessages(body),
            MaximumTokens = (int?)values.Number("max_tokens"),
            IsStreamed = values.Flag("stream"),
            WantsReasoning = body["thinking"]?["type"]?.ToString() is "enabled" or "adaptive",
            Tools = [.. values.List("tools").Where(tool => tool?["name"] is not null)
                .Select(tool => new ToolDefinition(tool!["name"]!.ToString(), tool["input_schema"]))],

            // The protocol has no schema parameter, so clients put the schema into the system prompt.
            Schema = PromptSchemaParser.Find(SystemPrompt(body)),
        }.WithToolChoice(body["tool_choice"]?["type"]?.ToString(), body["tool_choice"]?["name"]?.ToString());
    }

    private static string? SystemPrompt(JsonObject body) =>
        body["system"] is JsonArray blocks ? string.Concat(blocks.Select(b => b?["text"]?.ToString())) : body["system"]?.ToString();

    private static Conversation ReadMessages(JsonObject body)
    {
        ConversationBuilder conversation = new();
        if (SystemPrompt(body) is string system)
        {
            conversation.AddSystemPrompt(system);
        }

        foreach (JsonNode? message in body["messages"] as JsonArray ?? [])
        {
            if (message?["role"]?.ToString() is not ("user" or "assistant") and var role)
            {
                conversation.SetError($"messages: role '{role}' is not supported");
                continue;
            }

            if (message["content"] is JsonArray blocks)
            {
                ReadBlocks(message["role"]!.ToString(), blocks, conversation);
            }
            else
            {
                conversation.AddMessage(message["role"]!.ToString(), message["content"]?.ToString() ?? "");
            }
        }

        return conversation.Build("messages");
    }

    private static void ReadBlocks(string role, JsonArray blocks, ConversationBuilder conversation)
    {
        // The protocol requires tool results before any other content.
        bool hasResult = false;
        foreach (JsonNode? block in blocks.Where(b => b?["type"]?.ToString() == "tool_result"))
        {
            conversation.AddToolResult(block!["tool_use_id"]?.ToString() ?? "", ReadContent(block["content"], conversation));
            hasResult = true;
        }

        IEnumerable<JsonNode?> content = blocks.Where(b => b?["type"]?.ToString() is not ("tool_result" or "tool_use"));
        string text = ReadContent(new JsonArray([.. content.Select(b => b?.DeepClone())]), conversation);
        if (!hasResult || text.Length > 0)
        {
            conversation.AddMessage(role, text);
        }

        foreach (JsonNode? block in blocks.Where(b => b?["type"]?.ToString() == "tool_use"))
        {
            conversation.AddToolCall(block!["id"]?.ToString() ?? "");
            if (block["input"] is not JsonObject)
            {
                conversation.SetError("messages: input of a tool_use is not an object");
            }
        }
    }

    private static string ReadContent(JsonNode? content, ConversationBuilder conversation)
    {
        if (content is not JsonArray blocks)
        {
            return content?.ToString() ?? "";
        }

        foreach (JsonNode? block in blocks)
        {
            JsonNode? source = block?["source"];
            string? sourceType = source?["type"]?.ToString();
            switch (block?["type"]?.ToString())
            {
                case "text" or "thinking" or "redacted_thinking" or "document":
                    break;
                case "image" when sourceType == "base64":
                    conversation.AddInlineMedia(source!["media_type"]?.ToString(), source["data"]?.ToString());
                    break;
                case "image" when sourceType == "url":
                    conversation.AddImage(source!["url"]?.ToString());
                    break;
                case var type:
                    conversation.SetError($"messages: content type '{type}' is not supported");
                    break;
            }
        }

        return string.Concat(blocks.Select(block => block?["text"]?.ToString()));
    }
}
