using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud.JsonSchema;

/// <summary>Checks and names the types of JSON Schema.</summary>
internal static class SchemaTypes
{
    /// <summary>Whether the value has one of the schema's types; true if the schema has no type.</summary>
    /// <param name="value">The value.</param>
    /// <param name="schema">The schema.</param>
    /// <param name="expected">The schema's types, such as "a string or null".</param>
    internal static bool Matches(JsonElement value, JsonElement schema, out string? expected)
    {
        JsonElement? type = schema.Member("type");
        IReadOnlyList<string> types = type is { ValueKind: JsonValueKind.Array } ? type.Texts() : type?.AsText() is string one ? [one] : [];
        expected = string.Join(" or ", types.Select(AddArticle));
        return types.Count == 0 || types.Any(t => IsOfType(value, t));
    }

    /// <summary>Returns the type of a value, such as "a string".</summary>
    internal static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        _ => "null",
    };

    private static bool IsOfType(JsonElement value, string type) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && IsInteger(value),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => true,
    };

    // 2.0 is an integer. A number that is too large for a decimal is compared as a double.
    private static bool IsInteger(JsonElement value) =>
        value.TryGetDecimal(out decimal exact) ? exact == decimal.Truncate(exact) : value.TryGetDouble(out double approximate) && Math.Floor(approximate) == approximate;

    private static string AddArticle(string type) => type switch
    {
        "null" => type,
        "array" or "object" or "integer" => "an " + type,
        _ => "a " + type,
    };
}
