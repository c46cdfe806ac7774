using System.Text.Json.Nodes;

namespace AtlasCloud.Chat.Protocols;

/// <summary>A JSON schema in the part of the language that Gemini takes. What is lost here is still checked when the reply has come.</summary>
internal static class GeminiSchema
{
    private const int DeepestReference = 8;

    private static readonly HashSet<string> s_plain = new(StringComparer.Ordinal)
    {
        "title", "description", "nullable", "minItems", "maxItems", "minProperties", "maxProperties", "required",
        "minLength", "maxLength", "pattern", "minimum", "maximum", "propertyOrdering",
    };

    internal static JsonObject Convert(JsonObject schema) => Convert(schema, schema, 0);

    private static JsonObject Convert(JsonObject schema, JsonObject root, int references)
    {
        if (schema["$ref"]?.ToString() is string reference)
        {
            return references < DeepestReference && Find(reference, root) is JsonObject found ? Convert(found, root, references + 1) : new JsonObject { ["type"] = "object" };
        }

        JsonObject result = [];
        PutType(result, schema["type"]);
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
                case var plain when s_plain.Contains(plain):
                    result[name] = value?.DeepClone();
                    break;
            }
        }

        return result;
    }

    // Two types at once are only possible where one is null.
    private static void PutType(JsonObject result, JsonNode? type)
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
