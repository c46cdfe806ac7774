using System.Text.Json.Nodes;

namespace AtlasCloud.Chat.Protocols;

/// <summary>Whether a schema meets the conditions under which a service guarantees a matching reply.</summary>
internal static class StrictSchema
{
    /// <summary>True if each object requires all its properties and allows no others.</summary>
    internal static bool IsStrict(JsonNode? schema) => schema switch
    {
        JsonObject rules => (!IsObject(rules) || IsClosed(rules)) && rules.All(m => IsStrict(m.Value)),
        JsonArray items => items.All(IsStrict),
        _ => true,
    };

    private static bool IsObject(JsonObject rules) => rules["properties"] is JsonObject || (rules["type"] is JsonValue type && type.ToString() == "object");

    private static bool IsClosed(JsonObject rules) =>
        rules["additionalProperties"] is JsonValue others && others.ToString() == "false"
        && rules["properties"] is JsonObject properties
        && rules["required"] is JsonArray required
        && properties.All(p => required.Any(r => r?.ToString() == p.Key));
}
