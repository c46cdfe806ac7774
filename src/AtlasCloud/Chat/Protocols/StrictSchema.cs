using System.Text.Json.Nodes;

namespace AtlasCloud.Chat.Protocols;

/// <summary>Whether a schema keeps the rules under which a service guarantees a reply that fits.</summary>
internal static class StrictSchema
{
    /// <summary>True where each object lists all its members as required and allows no others.</summary>
    internal static bool Fits(JsonNode? schema) => schema switch
    {
        JsonObject rules => (!IsObject(rules) || IsClosed(rules)) && rules.All(m => Fits(m.Value)),
        JsonArray items => items.All(Fits),
        _ => true,
    };

    private static bool IsObject(JsonObject rules) => rules["properties"] is JsonObject || (rules["type"] is JsonValue type && type.ToString() == "object");

    private static bool IsClosed(JsonObject rules) =>
        rules["additionalProperties"] is JsonValue others && others.ToString() == "false"
        && rules["properties"] is JsonObject properties
        && rules["required"] is JsonArray required
        && properties.All(p => required.Any(r => r?.ToString() == p.Key));
}
