using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud.JsonSchema;

/// <summary>The types of JSON schema.</summary>
internal static class SchemaTypes
{
    /// <summary>Whether the value is of one of the types that a schema names; true where it names none.</summary>
    internal static bool Fits(JsonElement value, JsonElement schema, out string? wanted)
    {
        JsonElement? type = schema.Member("type");
        IReadOnlyList<string> types = type is { ValueKind: JsonValueKind.Array } ? type.Texts() : type?.AsText() is string one ? [one] : [];
        wanted = string.Join(" or ", types.Select(WithArticle));
        return types.Count == 0 || types.Any(t => Is(value, t));
    }

    internal static string NameOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        _ => "null",
    };

    private static bool Is(JsonElement value, string type) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && IsWhole(value),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => true,
    };

    // 2.0 is an integer, and so is a number beyond all decimals.
    private static bool IsWhole(JsonElement value) =>
        value.TryGetDecimal(out decimal exact) ? exact == decimal.Truncate(exact) : value.TryGetDouble(out double near) && Math.Floor(near) == near;

    private static string WithArticle(string type) => type switch
    {
        "null" => type,
        "array" or "object" or "integer" => "an " + type,
        _ => "a " + type,
    };
}
