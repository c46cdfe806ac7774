using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Pricing;

namespace AtlasCloud.Emulation.Chat.Protocols;

/// <summary>Reads a request of the Messages protocol.</summary>
internal static class ClaudeRequest
{
    internal static ChatQuestion Read(JsonObject body)
    {
        RequestValues values = new(body, null);
        return new ChatQuestion
        {
            Conversation = Messages(body),
            Limit = (int?)values.Number("max_tokens"),
            IsStreamed = values.Flag("stream"),
            WantsReasoning = body["thinking"]?["type"]?.ToString() is "enabled" or "adaptive",
            Tools = [.. values.List("tools").Where(tool => tool?["name"] is not null)
                .Select(tool => new ToolSpec(tool!["name"]!.ToString(), tool["input_schema"]))],

            // The protocol has no member for it: clients ask in words.
            Schema = SchemaInWords.Find(SystemOf(body)),
        }.WithToolChoice(body["tool_choice"]?["type"]?.ToString(), body["tool_choice"]?["name"]?.ToString());
    }

    private static string? SystemOf(JsonObject body) =>
        body["system"] is JsonArray blocks ? string.Concat(blocks.Select(b => b?["text"]?.ToString())) : body["system"]?.ToString();

    private static Conversation Messages(JsonObject body)
    {
        ConversationReader reader = new();
        if (SystemOf(body) is string system)
        {
            reader.System(system);
        }

        foreach (JsonNode? message in body["messages"] as JsonArray ?? [])
        {
            if (message?["role"]?.ToString() is not ("user" or "assistant") and var role)
            {
                reader.Fail($"messages: role '{role}' is not supported");
                continue;
            }

            if (message["content"] is JsonArray blocks)
            {
                Blocks(message["role"]!.ToString(), blocks, reader);
            }
            else
            {
                reader.Say(message["role"]!.ToString(), message["content"]?.ToString() ?? "");
            }
        }

        return reader.Build("messages");
    }

    private static void Blocks(string role, JsonArray blocks, ConversationReader reader)
    {
        // Results come before anything else that is said, as the protocol wants it.
        bool isResult = false;
        foreach (JsonNode? block in blocks.Where(b => b?["type"]?.ToString() == "tool_result"))
        {
            reader.Result(block!["tool_use_id"]?.ToString() ?? "", Text(block["content"], reader));
            isResult = true;
        }

        IEnumerable<JsonNode?> said = blocks.Where(b => b?["type"]?.ToString() is not ("tool_result" or "tool_use"));
        string text = Text(new JsonArray([.. said.Select(b => b?.DeepClone())]), reader);
        if (!isResult || text.Length > 0)
        {
            reader.Say(role, text);
        }

        foreach (JsonNode? block in blocks.Where(b => b?["type"]?.ToString() == "tool_use"))
        {
            reader.Call(block!["id"]?.ToString() ?? "");
            if (block["input"] is not JsonObject)
            {
                reader.Fail("messages: input of a tool_use is no object");
            }
        }
    }

    private static string Text(JsonNode? content, ConversationReader reader)
    {
        if (content is not JsonArray blocks)
        {
            return content?.ToString() ?? "";
        }

        foreach (JsonNode? block in blocks)
        {
            JsonNode? source = block?["source"];
            string? origin = source?["type"]?.ToString();
            switch (block?["type"]?.ToString())
            {
                case "text" or "thinking" or "redacted_thinking" or "document":
                    break;
                case "image" when origin == "base64":
                    reader.Inline(source!["media_type"]?.ToString(), source["data"]?.ToString());
                    break;
                case "image" when origin == "url":
                    reader.Image(source!["url"]?.ToString());
                    break;
                case var type:
                    reader.Fail($"messages: content type '{type}' is not supported");
                    break;
            }
        }

        return string.Concat(blocks.Select(block => block?["text"]?.ToString()));
    }
}
