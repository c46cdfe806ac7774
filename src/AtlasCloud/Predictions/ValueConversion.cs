using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Http;

namespace AtlasCloud;

/// <summary>Gives a value the JSON type that the schema asks for where that is safe: "5" for an integer, 5 for a choice of "5" and "10".</summary>
internal static class ValueConversion
{
    internal static JsonNode? Convert(object? value, ModelParameter? parameter)
    {
        JsonNode? node = JsonPlain.ToJson(value);
        return node is null || parameter is null ? node : Convert(node, parameter);
    }

    private static JsonNode Convert(JsonNode node, ModelParameter parameter)
    {
        if (Choice(node, parameter) is JsonNode choice)
        {
            return choice;
        }

        string? text = TextOf(node);
        return parameter.Type switch
        {
            "integer" when Number(text) is decimal number && IsWhole(number) => JsonValue.Create((long)number),
            "number" when Number(text) is decimal number => IsWhole(number) ? JsonValue.Create((long)number) : JsonValue.Create(number),
            "boolean" when bool.TryParse(text, out bool boolean) => JsonValue.Create(boolean),
            "string" when node.GetValueKind() is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => JsonValue.Create(text!),
            "array" when node is not JsonArray => Parsed(text, JsonValueKind.Array) ?? new JsonArray(node.DeepClone()),
            "object" when node is not JsonObject => Parsed(text, JsonValueKind.Object) ?? node,
            _ => node,
        };
    }

    // The catalog's spelling of a choice: 1080P in one family is 1080p in its sibling, and sizes come with * and with x.
    private static JsonNode? Choice(JsonNode node, ModelParameter parameter)
    {
        if (parameter.AllowedValues.Count == 0 || TextOf(node) is not string text)
        {
            return null;
        }

        object? fit = parameter.AllowedValues.FirstOrDefault(v => Spelling(v) == text)
            ?? parameter.AllowedValues.FirstOrDefault(v => string.Equals(Spelling(v), text, StringComparison.OrdinalIgnoreCase))
            ?? parameter.AllowedValues.FirstOrDefault(v => Separators(Spelling(v)) == Separators(text))
            ?? parameter.AllowedValues.FirstOrDefault(v => Number(Spelling(v)) is decimal number && number == Number(text));
        return JsonPlain.ToJson(fit);
    }

    private static string? TextOf(JsonNode node) => node is not JsonValue ? null : node.GetValueKind() switch
    {
        JsonValueKind.String => node.GetValue<string>(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => node.ToJsonString(),
    };

    private static string Spelling(object? value) =>
        value is bool boolean ? (boolean ? "true" : "false") : System.Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static string Separators(string text) => text.ToLowerInvariant().Replace('*', 'x').Replace('×', 'x').Replace(" ", "", StringComparison.Ordinal);

    private static bool IsWhole(decimal number) =>
        number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue;

    private static decimal? Number(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) ? number : null;

    private static JsonNode? Parsed(string? text, JsonValueKind kind)
    {
        try
        {
            JsonNode? node = text is null ? null : JsonNode.Parse(text);
            return node?.GetValueKind() == kind ? node : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
