using System.Text.Json.Nodes;

namespace AtlasCloud.JsonSchema;

/// <summary>A JSON schema in one line: <c>title:string, score:int, tags:string[], when:date?</c>.</summary>
internal static class ShortSchema
{
    /// <exception cref="AtlasCloudException">InvalidParameter: it is not of that form.</exception>
    internal static JsonObject Parse(string text)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        if (parts is [string only] && !only.Contains(':', StringComparison.Ordinal))
        {
            return TypeOf(only.TrimEnd('?').Trim(), text);
        }

        JsonObject properties = [];
        JsonArray required = [];
        foreach (string part in parts)
        {
            int colon = part.IndexOf(':', StringComparison.Ordinal);
            string name = colon < 0 ? "" : part[..colon].Trim();
            string type = colon < 0 ? "" : part[(colon + 1)..].Trim();
            bool isOptional = name.EndsWith('?') || type.EndsWith('?');
            name = name.TrimEnd('?').Trim();
            if (name.Length == 0 || properties.ContainsKey(name))
            {
                throw Refuse(text, name.Length == 0 ? $"'{part}' is no name and type" : $"'{name}' is there twice");
            }

            properties[name] = TypeOf(type.TrimEnd('?').Trim(), text);
            if (!isOptional)
            {
                required.Add((JsonNode)name);
            }
        }

        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = required, ["additionalProperties"] = false };
    }

    private static JsonObject TypeOf(string type, string text) =>
        type.EndsWith("[]", StringComparison.Ordinal)
            ? new JsonObject { ["type"] = "array", ["items"] = TypeOf(type[..^2].Trim(), text) }
            : type.ToLowerInvariant() switch
            {
                "string" or "text" => new JsonObject { ["type"] = "string" },
                "int" or "integer" or "long" => new JsonObject { ["type"] = "integer" },
                "number" or "double" or "float" or "decimal" => new JsonObject { ["type"] = "number" },
                "bool" or "boolean" => new JsonObject { ["type"] = "boolean" },
                "object" => new JsonObject { ["type"] = "object" },
                "date" => new JsonObject { ["type"] = "string", ["format"] = "date" },
                "datetime" => new JsonObject { ["type"] = "string", ["format"] = "date-time" },
                _ => throw Refuse(text, $"'{type}' is no type"),
            };

    private static AtlasCloudException Refuse(string text, string why) =>
        new(AtlasCloudErrorKind.InvalidParameter, $"'{text}' does not describe a reply: {why}. Nothing was sent.")
        {
            RecommendedAction = "Write it as in 'title:string, score:int, tags:string[], when:date?'; the types are string, int, number, bool, object, date, datetime, [] makes an array and ? an optional member.",
            Target = text,
        };
}
