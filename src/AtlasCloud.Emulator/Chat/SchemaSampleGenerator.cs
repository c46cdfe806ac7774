using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Chat;

/// <summary>Generates a sample value for a JSON schema. The same schema gets the same value.</summary>
internal sealed class SchemaSampleGenerator
{
    private const int MaximumDepth = 12;

    private readonly JsonNode _root;
    private string? _hint;

    private SchemaSampleGenerator(JsonNode root, string? hint) => (_root, _hint) = (root, string.IsNullOrWhiteSpace(hint) ? null : hint);

    /// <param name="schema">The schema, in JSON Schema or in Gemini's dialect.</param>
    /// <param name="hint">The value of the first generated string; null or empty for the default.</param>
    internal static JsonNode Generate(JsonNode schema, string? hint = null) => new SchemaSampleGenerator(schema, hint).GenerateValue(schema, "value", 0) ?? new JsonObject();

    private JsonNode? GenerateValue(JsonNode? node, string name, int depth)
    {
        if (Resolve(node) is not { } schema || depth > MaximumDepth)
        {
            return name;
        }

        JsonNode? fixedValue = schema["const"] ?? First(schema["enum"]) ?? schema["default"] ?? First(schema["examples"]) ?? schema["example"];
        if (fixedValue is not null)
        {
            return fixedValue.DeepClone();
        }

        if ((First(schema["anyOf"]) ?? First(schema["oneOf"])) is { } choice)
        {
            return GenerateValue(choice, name, depth + 1);
        }

        return TypeOf(schema) switch
        {
            "object" => GenerateObject(schema, depth),
            "array" => GenerateArray(schema, name, depth),
            "integer" => (long)Math.Ceiling(GenerateNumber(schema, 1m)),
            "number" => GenerateNumber(schema, 0.5m),
            "boolean" => true,
            "null" => null,
            _ => GenerateText(schema, name),
        };
    }

    private JsonObject GenerateObject(JsonObject schema, int depth)
    {
        JsonObject result = [];
        foreach (JsonObject subschema in Subschemas(schema))
        {
            List<string>? required = (subschema["required"] as JsonArray)?.Select(r => r!.ToString()).ToList();
            foreach ((string name, JsonNode? property) in subschema["properties"] as JsonObject ?? [])
            {
                if (required is null || required.Contains(name))
                {
                    result[name] = GenerateValue(property, name, depth + 1);
                }
            }
        }

        return result;
    }

    private JsonArray GenerateArray(JsonObject schema, string name, int depth)
    {
        int count = Math.Min((int)(NumericKeyword(schema, "minItems") ?? 1m), (int)(NumericKeyword(schema, "maxItems") ?? 1000m));
        IEnumerable<JsonNode?> items = schema["prefixItems"] is JsonArray prefixItems
            ? prefixItems.Select((item, i) => GenerateValue(item, string.Create(CultureInfo.InvariantCulture, $"{name} {i + 1}"), depth + 1))
            : Enumerable.Range(1, count).Select(i => GenerateValue(schema["items"], string.Create(CultureInfo.InvariantCulture, $"{name} {i}"), depth + 1));
        return new JsonArray([.. items]);
    }

    private string GenerateText(JsonObject schema, string name)
    {
        string? format = schema["format"]?.ToString() switch
        {
            "date" => "2026-01-31",
            "date-time" => "2026-01-31T12:00:00Z",
            "time" => "12:00:00Z",
            "email" => "someone@example.com",
            "uri" or "url" => "https://example.com/",
            "uuid" => "00000000-0000-4000-8000-000000000001",
            _ => null,
        };
        string text = format ?? _hint ?? name;
        _hint = format is null ? null : _hint;
        int minimum = (int)(NumericKeyword(schema, "minLength") ?? 0m);
        int maximum = (int)Math.Min(NumericKeyword(schema, "maxLength") ?? int.MaxValue, int.MaxValue);
        text = text.PadRight(minimum, 'x');
        return text.Length > maximum ? text[..maximum] : text;
    }

    private static decimal GenerateNumber(JsonObject schema, decimal preferred)
    {
        decimal step = NumericKeyword(schema, "multipleOf") ?? (preferred == 1m ? 1m : 0.5m);
        decimal minimum = NumericKeyword(schema, "minimum") ?? (NumericKeyword(schema, "exclusiveMinimum") + step) ?? decimal.MinValue;
        decimal maximum = NumericKeyword(schema, "maximum") ?? (NumericKeyword(schema, "exclusiveMaximum") - step) ?? decimal.MaxValue;
        decimal value = Math.Max(Math.Min(preferred, maximum), minimum);
        return schema["multipleOf"] is null ? value : Math.Ceiling(value / step) * step;
    }

    /// <summary>The schema itself and the schemas in its <c>allOf</c>.</summary>
    private IEnumerable<JsonObject> Subschemas(JsonObject schema) =>
        (schema["allOf"] as JsonArray ?? []).Select(Resolve).OfType<JsonObject>().Prepend(schema);

    private JsonObject? Resolve(JsonNode? node)
    {
        for (int i = 0; i < MaximumDepth && node?["$ref"]?.ToString() is { } reference; i++)
        {
            node = reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate((JsonNode?)_root, (at, name) => at?[name]);
        }

        return node as JsonObject;
    }

    private static string? TypeOf(JsonObject schema)
    {
        JsonNode? type = schema["type"] is JsonArray types ? types.FirstOrDefault(t => t?.ToString() != "null") : schema["type"];
        return type is not null ? type.ToString().ToLowerInvariant() :
            schema["properties"] is not null || schema["allOf"] is not null ? "object" :
            schema["items"] is not null ? "array" : null;
    }

    private static JsonNode? First(JsonNode? list) => list is JsonArray { Count: > 0 } values ? values[0] : null;

    /// <summary>The value of a numeric keyword. Gemini writes some of them as strings.</summary>
    private static decimal? NumericKeyword(JsonObject schema, string name) =>
        schema[name] is { } node && node.GetValueKind() is JsonValueKind.Number or JsonValueKind.String &&
        decimal.TryParse(schema[name]!.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value)
            ? value
            : null;
}
