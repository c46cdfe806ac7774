using System.Text.Json.Nodes;

namespace AtlasCloud.Chat.Protocols;

/// <summary>Converts a JSON schema to the subset that Gemini accepts. The reply is validated against the original.</summary>
internal static class GeminiSchema
{
    private const int MaxReferences = 8;

    private static readonly HashSet<string> s_copied = new(StringComparer.Ordinal)
    {
        "title", "description", "nullable", "minItems", "maxItems", "minProperties", "maxProperties", "required",
        "minLength", "maxLength", "pattern", "minimum", "maximum", "propertyOrdering",
    };

    internal static JsonObject Convert(JsonObject schema) => Convert(schema, schema, 0);

    private static JsonObject Convert(JsonObject schema, JsonObject root, int references)
    {
        if (schema["$ref"]?.ToString() is string reference)
        {
            return references < MaxReferences && Find(reference, root) is JsonObject found ? Convert(found, root, references + 1) : new JsonObject { ["type"] = "object" };
        }

        JsonObject result = [];
        SetType(result, schema["type"]);
        foreach ((string name, JsonNode? value) in schema)
        {
            switch (name)
            {
                case "properties" when value is JsonObject members:
                    result[name] = new JsonObject(members.Where(m => m.Value is JsonObject)
                        .Select(m => KeyValuePair.Create<string, JsonNode?>(m.Key, Convert((JsonObject)m.Value!, root, references))));
                    break;
                case "items" when value is JsonObject items:
                    result[name] = Convert(items, root, references);
                    break;
                case "anyOf" or "oneOf" when value is JsonArray choices:
                    result["anyOf"] = new JsonArray([.. choices.OfType<JsonObject>().Select(c => Convert(c, root, references))]);
                    break;
                case "enum" when value is JsonArray values && values.All(IsText):
                    result[name] = value.DeepClone();
                    break;
                case "const" when IsText(value):
                    result["enum"] = new JsonArray(value!.DeepClone());
                    break;
                case "format" when value?.ToString() == "date-time":
                case var copied when s_copied.Contains(copied):
                    result[name] = value?.DeepClone();
                    break;
            }
        }

        return result;
    }

    // Gemini accepts two types only if one is null.
    private static void SetType(JsonObject result, JsonNode? type)
    {
        string[] types = type switch { JsonArray several => [.. several.Select(t => t!.ToString())], null => [], _ => [type.ToString()] };
        if (types.FirstOrDefault(t => t != "null") is string first)
        {
            result["type"] = first;
        }

        if (types.Contains("null"))
        {
            result["nullable"] = true;
        }
    }

    private static bool IsText(JsonNode? value) => value?.GetValueKind() == System.Text.Json.JsonValueKind.String;

    private static JsonNode? Find(string reference, JsonObject root)
    {
        JsonNode? current = reference.StartsWith('#') ? root : null;
        foreach (string step in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            current = (current as JsonObject)?[step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)];
        }

        return current;
    }
}
