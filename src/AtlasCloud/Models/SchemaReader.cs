using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud.Models;

/// <summary>Finds the inputs in a model's schema document: an OpenAPI document with a named or inline body, or a bare JSON schema.</summary>
internal static class SchemaReader
{
    private const int MaxReferenceDepth = 8;

    private static readonly JsonElement s_anyValue = JsonDocument.Parse("{}").RootElement;

    /// <summary>Reads the schema document of a model; null if it describes no inputs.</summary>
    internal static ModelSchema? Read(JsonElement document, string? model = null)
    {
        if (FindInput(document) is not JsonElement input || ListProperties(input, document) is not Dictionary<string, JsonElement> properties)
        {
            return null;
        }

        HashSet<string> required = new(ListParts(input, document).SelectMany(p => p.Member("required").Texts()), StringComparer.Ordinal);
        Dictionary<string, ModelParameter> declared = new(StringComparer.Ordinal);
        foreach ((string name, JsonElement described) in properties.Where(p => p.Key != "model"))
        {
            declared[name] = ParameterReader.Read(name, described, document, required.Contains(name), model);
        }

        // A required input that is not declared accepts any value; the model could not be called without it.
        foreach (string name in required.Where(n => n != "model" && !declared.ContainsKey(n)))
        {
            declared[name] = ParameterReader.Read(name, s_anyValue, document, required: true, model);
        }

        // The published display order names inputs that do not exist and omits some that do.
        List<ModelParameter> ordered = [];
        foreach (string name in ListParts(input, document).SelectMany(p => p.Member("x-order-properties").Texts()).Concat(declared.Keys.Order(StringComparer.Ordinal)).ToArray())
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
        : document.Member("properties") is not null || document.Member("allOf") is not null ? document
        : null;

    private static JsonElement? FindRequestBody(JsonElement document)
    {
        IEnumerable<JsonElement> bodies =
            from path in document.Member("paths")?.Members() ?? []
            from type in path.Value.Member("post")?.Member("requestBody")?.Member("content")?.Members() ?? []
            select type.Value;
        return bodies.Select(b => b.Member("schema")).FirstOrDefault(s => s is not null);
    }

    /// <summary>Returns the schemas of all declared inputs by name, including those of allOf; null if the schema has no list of inputs.</summary>
    internal static Dictionary<string, JsonElement>? ListProperties(JsonElement input, JsonElement document)
    {
        Dictionary<string, JsonElement>? all = null;
        foreach (JsonElement properties in ListParts(input, document).Select(p => p.Member("properties")).OfType<JsonElement>().Where(p => p.ValueKind == JsonValueKind.Object))
        {
            all ??= new(StringComparer.Ordinal);
            foreach ((string name, JsonElement described) in properties.Members())
            {
                // The schema's own declaration comes first; another one in allOf only adds rules.
                all.TryAdd(name, described);
            }
        }

        return all;
    }

    // The schema itself, and the parts that it combines.
    private static IEnumerable<JsonElement> ListParts(JsonElement input, JsonElement document, int depth = 0)
    {
        JsonElement schema = Resolve(input, document);
        return depth > MaxReferenceDepth ? [] : [schema, .. schema.Member("allOf").Items().SelectMany(p => ListParts(p, document, depth + 1))];
    }

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
