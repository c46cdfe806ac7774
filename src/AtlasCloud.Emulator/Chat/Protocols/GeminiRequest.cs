using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Pricing;

namespace AtlasCloud.Emulation.Chat.Protocols;

/// <summary>Parses Gemini requests. Members are accepted in camel case and in snake case.</summary>
internal static class GeminiRequest
{
    internal static ChatRequest Read(JsonObject body)
    {
        JsonObject settings = FirstMember(body, "generationConfig", "generation_config") as JsonObject ?? [];
        RequestValues values = new(settings, null);
        JsonNode? choice = FirstMember(FirstMember(body, "toolConfig", "tool_config"), "functionCallingConfig", "function_calling_config");
        JsonNode? allowed = FirstMember(choice, "allowedFunctionNames", "allowed_function_names");
        return new ChatRequest
        {
            Conversation = ReadContents(body),
            MaximumTokens = (int?)values.Number("maxOutputTokens"),
            WantsReasoning = settings["thinkingConfig"]?["includeThoughts"]?.ToString() == "true",
            Tools = [.. ReadTools(body)],
            Schema = settings["responseSchema"] ?? settings["responseJsonSchema"],
        }.WithToolChoice(choice?["mode"]?.ToString(), (allowed as JsonArray)?.FirstOrDefault()?.ToString());
    }

    private static IEnumerable<ToolDefinition> ReadTools(JsonObject body) =>
        from tool in body["tools"] as JsonArray ?? []
        from function in FirstMember(tool, "functionDeclarations", "function_declarations") as JsonArray ?? []
        where function?["name"] is not null
        select new ToolDefinition(function["name"]!.ToString(), function["parameters"] ?? function["parametersJsonSchema"]);

    private static Conversation ReadContents(JsonObject body)
    {
        ConversationBuilder conversation = new();
        if (FirstMember(FirstMember(body, "systemInstruction", "system_instruction"), "parts", "parts") is JsonArray system)
        {
            conversation.AddSystemPrompt(string.Concat(system.Select(part => part?["text"]?.ToString())));
        }

        foreach (JsonNode? content in body["contents"] as JsonArray ?? [])
        {
            string role = content?["role"]?.ToString() ?? "user";
            if (role is not ("user" or "model" or "function"))
            {
                conversation.SetError("contents: Please use a valid role: user, model.");
            }

            ReadParts(role, content?["parts"] as JsonArray ?? [], conversation);
        }

        return conversation.Build("contents");
    }

    private static void ReadParts(string role, JsonArray parts, ConversationBuilder conversation)
    {
        bool hasResult = false;
        foreach (JsonNode? part in parts.Where(p => FirstMember(p, "functionResponse", "function_response") is not null))
        {
            JsonNode response = FirstMember(part, "functionResponse", "function_response")!;
            conversation.AddToolResult(CallId(response), ResultText(response["response"]));
            hasResult = true;
        }

        string text = string.Concat(parts.Where(p => p?["thought"]?.ToString() != "true").Select(p => p?["text"]?.ToString()));
        if (!hasResult)
        {
            conversation.AddMessage(role == "model" ? "assistant" : "user", text);
        }

        foreach (JsonNode? part in parts)
        {
            JsonNode? inline = FirstMember(part, "inlineData", "inline_data");
            JsonNode? file = FirstMember(part, "fileData", "file_data");
            if (inline is not null)
            {
                conversation.AddInlineMedia(FirstMember(inline, "mimeType", "mime_type")?.ToString(), inline["data"]?.ToString());
            }
            else if (file is not null)
            {
                conversation.AddMedia(FirstMember(file, "mimeType", "mime_type")?.ToString(), FirstMember(file, "fileUri", "file_uri")?.ToString());
            }
            else if (FirstMember(part, "functionCall", "function_call") is { } call)
            {
                conversation.AddToolCall(CallId(call));
            }
            else if (part?["text"] is null && FirstMember(part, "functionResponse", "function_response") is null)
            {
                conversation.SetError("contents: a part has no supported data");
            }
        }
    }

    /// <summary>Calls without an ID are identified by their name.</summary>
    private static string CallId(JsonNode node) => (node["id"] ?? node["name"])?.ToString() ?? "";

    /// <summary>The text of a result. The protocol requires an object, so clients wrap text in an object with one member.</summary>
    private static string ResultText(JsonNode? response) => response is JsonObject { Count: 1 } wrapped
        ? wrapped.First().Value is JsonValue value ? value.ToString() : JsonText.Write(response)
        : response is null ? "" : JsonText.Write(response);

    private static JsonNode? FirstMember(JsonNode? node, string name, string alternative) =>
        node is JsonObject members ? members[name] ?? members[alternative] : null;
}
