using System.Text.Json;
using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Chat;

/// <summary>Finds the JSON schema that a system prompt asks an answer to fit, as an obedient model would.</summary>
internal static class PromptSchemaParser
{
    /// <summary>The last JSON object behind the words "JSON schema"; null where there is none.</summary>
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
