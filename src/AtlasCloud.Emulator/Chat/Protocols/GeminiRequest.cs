using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Pricing;

namespace AtlasCloud.Emulation.Chat.Protocols;

/// <summary>Reads a request of Gemini. Its members come in either spelling, camel case or with underscores.</summary>
internal static class GeminiRequest
{
    internal static ChatQuestion Read(JsonObject body)
    {
        JsonObject settings = Either(body, "generationConfig", "generation_config") as JsonObject ?? [];
        RequestValues values = new(settings, null);
        JsonNode? choice = Either(Either(body, "toolConfig", "tool_config"), "functionCallingConfig", "function_calling_config");
        JsonNode? allowed = Either(choice, "allowedFunctionNames", "allowed_function_names");
        return new ChatQuestion
        {
            Conversation = Contents(body),
            Limit = (int?)values.Number("maxOutputTokens"),
            WantsReasoning = settings["thinkingConfig"]?["includeThoughts"]?.ToString() == "true",
            Tools = [.. Tools(body)],
            Schema = settings["responseSchema"] ?? settings["responseJsonSchema"],
        }.WithToolChoice(choice?["mode"]?.ToString(), (allowed as JsonArray)?.FirstOrDefault()?.ToString());
    }

    private static IEnumerable<ToolSpec> Tools(JsonObject body) =>
        from tool in body["tools"] as JsonArray ?? []
        from function in Either(tool, "functionDeclarations", "function_declarations") as JsonArray ?? []
        where function?["name"] is not null
        select new ToolSpec(function["name"]!.ToString(), function["parameters"] ?? function["parametersJsonSchema"]);

    private static Conversation Contents(JsonObject body)
    {
        ConversationReader reader = new();
        if (Either(Either(body, "systemInstruction", "system_instruction"), "parts", "parts") is JsonArray system)
        {
            reader.System(string.Concat(system.Select(part => part?["text"]?.ToString())));
        }

        foreach (JsonNode? content in body["contents"] as JsonArray ?? [])
        {
            string role = content?["role"]?.ToString() ?? "user";
            if (role is not ("user" or "model" or "function"))
            {
                reader.Fail("contents: Please use a valid role: user, model.");
            }

            Parts(role, content?["parts"] as JsonArray ?? [], reader);
        }

        return reader.Build("contents");
    }

    private static void Parts(string role, JsonArray parts, ConversationReader reader)
    {
        bool isResult = false;
        foreach (JsonNode? part in parts.Where(p => Either(p, "functionResponse", "function_response") is not null))
        {
            JsonNode response = Either(part, "functionResponse", "function_response")!;
            reader.Result(Id(response), ResultText(response["response"]));
            isResult = true;
        }

        string text = string.Concat(parts.Where(p => p?["thought"]?.ToString() != "true").Select(p => p?["text"]?.ToString()));
        if (!isResult)
        {
            reader.Say(role == "model" ? "assistant" : "user", text);
        }

        foreach (JsonNode? part in parts)
        {
            JsonNode? inline = Either(part, "inlineData", "inline_data");
            JsonNode? file = Either(part, "fileData", "file_data");
            if (inline is not null)
            {
                reader.Inline(Either(inline, "mimeType", "mime_type")?.ToString(), inline["data"]?.ToString());
            }
            else if (file is not null)
            {
                reader.ByType(Either(file, "mimeType", "mime_type")?.ToString(), Either(file, "fileUri", "file_uri")?.ToString());
            }
            else if (Either(part, "functionCall", "function_call") is { } call)
            {
                reader.Call(Id(call));
            }
            else if (part?["text"] is null && Either(part, "functionResponse", "function_response") is null)
            {
                reader.Fail("contents: a part has no known kind of data");
            }
        }
    }

    /// <summary>Calls may go without an id, and then the name stands for it.</summary>
    private static string Id(JsonNode node) => (node["id"] ?? node["name"])?.ToString() ?? "";

    /// <summary>The text of a result: clients wrap it in an object of one member, since it must be one.</summary>
    private static string ResultText(JsonNode? response) => response is JsonObject { Count: 1 } wrapped
        ? wrapped.First().Value is JsonValue value ? value.ToString() : JsonText.Write(response)
        : response is null ? "" : JsonText.Write(response);

    private static JsonNode? Either(JsonNode? node, string name, string other) =>
        node is JsonObject members ? members[name] ?? members[other] : null;
}
