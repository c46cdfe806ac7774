using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Chat;

/// <summary>A tool that the emulator asks for.</summary>
/// <param name="Name">The name of the function.</param>
/// <param name="Arguments">Its arguments, as JSON text.</param>
internal sealed record ToolRequest(string Name, string Arguments)
{
    /// <summary>The tool whose name the user's last message contains; null where there is none.</summary>
    internal static ToolRequest? Of(JsonObject body, Conversation conversation)
    {
        if (conversation.LastRole != "user" || body["tools"] is not JsonArray tools)
        {
            return null;
        }

        foreach (JsonNode? tool in tools)
        {
            JsonNode? function = tool?["function"];
            if (function?["name"]?.ToString() is { Length: > 0 } name && conversation.LastText.Contains(name, StringComparison.OrdinalIgnoreCase))
            {
                return new ToolRequest(name, JsonText.Write(Fill(function["parameters"], conversation.LastText)));
            }
        }

        return null;
    }

    /// <summary>A value for every property, so that required ones are there.</summary>
    private static JsonObject Fill(JsonNode? schema, string text)
    {
        JsonObject filled = [];
        foreach ((string name, JsonNode? property) in schema?["properties"] as JsonObject ?? [])
        {
            filled[name] = property?["enum"] is JsonArray { Count: > 0 } allowed ? allowed[0]!.DeepClone() : Example(property, text);
        }

        return filled;
    }

    private static JsonNode Example(JsonNode? property, string text) => property?["type"]?.ToString() switch
    {
        "integer" or "number" => 1,
        "boolean" => true,
        "array" => new JsonArray(),
        "object" => Fill(property, text),
        _ => text,
    };
}
