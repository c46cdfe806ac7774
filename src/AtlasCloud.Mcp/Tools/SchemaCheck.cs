using System.Text.Json;
using AtlasCloud.Mcp.Results;
using AtlasCloud.Mcp.Safety;

namespace AtlasCloud.Mcp.Tools;

/// <summary>Checks arguments against the part of JSON Schema that tools.json uses.</summary>
internal static class SchemaCheck
{
    /// <summary>Checks the members of an object.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: a member is unknown, missing or not valid.</exception>
    internal static void CheckMembers(string path, IEnumerable<KeyValuePair<string, JsonElement>> members, JsonElement schema)
    {
        HashSet<string> given = new(StringComparer.Ordinal);
        bool isOpen = !schema.TryGetProperty("additionalProperties", out JsonElement additional) || additional.ValueKind != JsonValueKind.False;
        schema.TryGetProperty("properties", out JsonElement properties);
        foreach ((string name, JsonElement value) in members)
        {
            string full = path.Length == 0 ? name : $"{path}.{name}";
            if (properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(name, out JsonElement property))
            {
                if (value.ValueKind != JsonValueKind.Null)
                {
                    given.Add(name);
                    Check(full, value, property);
                }
            }
            else if (!isOpen)
            {
                throw McpErrors.InvalidArgument(full, $"is unknown. Known: {string.Join(", ", properties.EnumerateObject().Select(p => p.Name))}");
            }
        }

        if (schema.TryGetProperty("required", out JsonElement required)
            && required.EnumerateArray().Select(r => r.GetString()!).FirstOrDefault(r => !given.Contains(r)) is string missing)
        {
            throw McpErrors.InvalidArgument(path.Length == 0 ? missing : $"{path}.{missing}", "is missing");
        }
    }

    private static void Check(string path, JsonElement value, JsonElement schema)
    {
        string type = schema.GetProperty("type").GetString()!;
        if (!IsType(value, type))
        {
            throw McpErrors.InvalidArgument(path, $"must be of type {type}");
        }

        switch (type)
        {
            case "string":
                CheckText(path, value.GetString()!, schema);
                break;
            case "integer" or "number":
                CheckRange(path, value.GetDecimal(), schema, "minimum", "maximum", "");
                break;
            case "array":
                CheckRange(path, value.GetArrayLength(), schema, "minItems", "maxItems", " items");
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Check(path, item, schema.GetProperty("items"));
                }

                break;
            case "object":
                CheckMembers(path, value.EnumerateObject().Select(m => KeyValuePair.Create(m.Name, m.Value)), schema);
                break;
        }
    }

    private static bool IsType(JsonElement value, string type) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        "number" => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out _),
        _ => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out decimal number) && number == Math.Truncate(number) && number is >= long.MinValue and <= long.MaxValue,
    };

    private static void CheckText(string path, string text, JsonElement schema)
    {
        CheckRange(path, text.Length, schema, "minLength", "maxLength", " characters");
        if (schema.TryGetProperty("enum", out JsonElement allowed) && !allowed.EnumerateArray().Any(a => a.GetString() == text))
        {
            throw McpErrors.InvalidArgument(path, $"must be one of {string.Join(", ", allowed.EnumerateArray().Select(a => a.GetString()))}, not '{DataText.Line(text, 80)}'");
        }
    }

    private static void CheckRange(string path, decimal value, JsonElement schema, string minimum, string maximum, string unit)
    {
        if (schema.TryGetProperty(minimum, out JsonElement least) && value < least.GetDecimal())
        {
            throw McpErrors.InvalidArgument(path, $"must be at least {least}{unit}");
        }

        if (schema.TryGetProperty(maximum, out JsonElement most) && value > most.GetDecimal())
        {
            throw McpErrors.InvalidArgument(path, $"must be at most {most}{unit}");
        }
    }
}
