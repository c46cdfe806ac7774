using System.Text.Json;
using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Chat;

/// <summary>Extracts the JSON schema that a system prompt asks the reply to match.</summary>
internal static class PromptSchemaParser
{
    /// <summary>The last JSON object after the words "JSON schema"; null for none.</summary>
    internal static JsonNode? Find(string? prompt)
    {
        int marker = prompt?.LastIndexOf("JSON schema", StringComparison.OrdinalIgnoreCase) ?? -1;
        int start = marker < 0 ? -1 : prompt!.IndexOf('{', marker);
        int end = start < 0 ? -1 : prompt!.LastIndexOf('}');
        if (end < start || start < 0)
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(prompt![start..(end + 1)]) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
