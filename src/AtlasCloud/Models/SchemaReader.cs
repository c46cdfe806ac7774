using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud.Models;

/// <summary>Finds the inputs in a model's schema document: an OpenAPI document with a named or inline body, or a bare JSON schema.</summary>
internal static class SchemaReader
{
    private const int MaxReferenceDepth = 8;

    /// <summary>Reads the schema document of a model; null if it describes no inputs.</summary>
    internal static ModelSchema? Read(JsonElement document, string? model = null)
    {
        if (FindInput(document) is not JsonElement input || FindProperties(input, document) is not JsonElement properties)
        {
            return null;
        }

        HashSet<string> required = new(input.Member("required").Texts(), StringComparer.Ordinal);
        Dictionary<string, ModelParameter> declared = new(StringComparer.Ordinal);
        foreach ((string name, JsonElement described) in properties.Members().Where(p => p.Name != "model"))
        {
            declared[name] = ParameterReader.Read(name, described, document, required.Contains(name), model);
        }

        // The published display order names inputs that do not exist and omits some that do.
        List<ModelParameter> ordered = [];
        foreach (string name in input.Member("x-order-properties").Texts().Concat(declared.Keys.Order(StringComparer.Ordinal)).ToArray())
        {
            if (declared.Remove(name, out ModelParameter? parameter))
            {
                ordered.Add(parameter);
            }
        }

        return new ModelSchema(ordered, Resolve(input, document), document, model);
    }

    private static JsonElement? FindInput(JsonElement document) =>
        document.Member("components")?.Member("schemas")?.Member("Input") is JsonElement named ? Resolve(named, document)
        : FindRequestBody(document) is JsonElement body ? Resolve(body, document)
        : document.Member("properties") is not null ? document
        : null;

    private static JsonElement? FindRequestBody(JsonElement document)
    {
        IEnumerable<JsonElement> bodies =
            from path in document.Member("paths")?.Members() ?? []
            from type in path.Value.Member("post")?.Member("requestBody")?.Member("content")?.Members() ?? []
            select type.Value;
        return bodies.Select(b => b.Member("schema")).FirstOrDefault(s => s is not null);
    }

    private static JsonElement? FindProperties(JsonElement input, JsonElement document) =>
        Resolve(input, document).Member("properties") is JsonElement { ValueKind: JsonValueKind.Object } properties ? properties : null;

    /// <summary>Follows the reference of a schema. Only local references: a document must not make the client fetch another one.</summary>
    internal static JsonElement Resolve(JsonElement schema, JsonElement document, int depth = 0)
    {
        if (depth > MaxReferenceDepth || schema.Text("$ref") is not string reference || !reference.StartsWith("#/", StringComparison.Ordinal))
        {
            return schema;
        }

        JsonElement? target = document;
        foreach (string part in reference[2..].Split('/'))
        {
            target = target?.Member(part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
        }

        return target is JsonElement found ? Resolve(found, document, depth + 1) : schema;
    }
}
