using System.Text.Json;
using AtlasCloud.Json;
using AtlasCloud.JsonSchema;

namespace AtlasCloud.Models;

/// <summary>Reads the description of one input from a schema.</summary>
internal static class ParameterReader
{
    private const int MaxDepth = 4;

    /// <summary>Reads an input. Missing or invalid rules keep their defaults; never throws.</summary>
    internal static ModelParameter Read(string name, JsonElement schema, JsonElement document, bool required, string? model, int depth = 0)
    {
        JsonElement[] layers = CollectLayers(schema, document);
        JsonElement[] items = FindFirst(layers, "items") is JsonElement { ValueKind: JsonValueKind.Object } described ? CollectLayers(described, document) : [];
        object?[] allowed = ReadAllowedValues(layers);
        object? @default = FindFirst(layers, "default") is JsonElement given ? JsonValues.FromJson(given) : null;
        string type = DetermineType(layers, allowed, @default, document);
        string? itemType = items.Length == 0 ? null : ReadTypes(items) is [string one, ..] ? one : FindFirst(items, "properties") is not null ? "object" : null;
        string? format = FindText(layers, "format") ?? FindText(items, "format");
        bool isMultiple = layers.Any(MultipleChoice.Applies);
        return new ModelParameter
        {
            Model = model,
            Name = name,
            Type = type,
            IsTyped = allowed.Length > 0 || ReadTypes(layers).Length == 1 || (ReadTypes(layers).Length == 0 && FindFirst(layers, "items", "properties") is not null),
            Types = [.. ReadTypes(layers).Concat(ReadAlternativeTypes(layers, document)).Distinct(StringComparer.Ordinal)],
            ItemType = itemType,
            ItemAllowedValues = ReadAllowedValues(items),
            ItemMinimum = FindFirst(items, "minimum")?.AsDecimal(),
            ItemMaximum = FindFirst(items, "maximum")?.AsDecimal(),
            Members = depth < MaxDepth ? ReadMembers(FindFirst(layers, "properties") is not null ? layers : items, document, model, depth) : [],
            Format = format,

            // A switch can have the name of a medium: generate_audio is yes or no in some models.
            MediaKind = allowed.Length > 0 ? null : MediaInputs.GetKind(name, type, itemType, FindText(layers, "x-ui-component"), format),
            IsRequired = required,

            // The service rejects a default that is not among the allowed values.
            Default = @default is not null && allowed.Length > 0 && !IsAllowed(@default, allowed, isMultiple) ? allowed[0] : @default,
            AllowedValues = allowed,
            AllowsMultiple = isMultiple,
            Labels = FindFirst(layers, "x-enum-labels") is JsonElement labels ? JsonValues.ToDictionary(labels, _ => true) : new TextualDictionary(),
            Minimum = FindFirst(layers, "minimum")?.AsDecimal(),
            Maximum = FindFirst(layers, "maximum")?.AsDecimal(),
            Step = FindFirst(layers, "step", "multipleOf")?.AsDecimal(),
            MinimumLength = FindFirst(layers, "minLength")?.AsInteger(),
            MaximumLength = FindFirst(layers, "maxLength")?.AsInteger(),
            MinimumCount = FindFirst(layers, "minItems")?.AsInteger(),
            MaximumCount = FindFirst(layers, "maxItems")?.AsInteger(),
            Description = FindText(layers, "description", "title"),
            IsApiOnly = FindFirst(layers, "disabled")?.AsBoolean() == true || FindFirst(layers, "hidden")?.AsBoolean() == true,
        };
    }

    // Generated documents wrap the rules of an input in a reference, in an allOf, or in a choice between it and null.
    private static JsonElement[] CollectLayers(JsonElement schema, JsonElement document)
    {
        JsonElement target = SchemaReader.Resolve(schema, document);
        List<JsonElement> layers = [schema, target, .. target.Member("allOf").Items().Select(s => SchemaReader.Resolve(s, document))];
        JsonElement[] forms = [.. ListAlternatives(target, document).Where(f => f.Text("type") != "null")];
        return forms.Length == 1 ? [.. layers, forms[0]] : [.. layers];
    }

    private static IEnumerable<JsonElement> ListAlternatives(JsonElement schema, JsonElement document) =>
        schema.Member("anyOf").Items().Concat(schema.Member("oneOf").Items()).Select(f => SchemaReader.Resolve(f, document));

    private static ModelParameter[] ReadMembers(JsonElement[] layers, JsonElement document, string? model, int depth)
    {
        IReadOnlyList<string> required = FindFirst(layers, "required").Texts();
        return [.. (FindFirst(layers, "properties")?.Members() ?? []).Select(m => Read(m.Name, m.Value, document, required.Contains(m.Name), model, depth + 1))];
    }

    private static bool IsAllowed(object value, object?[] allowed, bool isMultiple) =>
        allowed.Contains(value) || (isMultiple && value is string text && MultipleChoice.Split(text).All(allowed.Contains));

    private static JsonElement? FindFirst(JsonElement[] layers, params string[] names) =>
        layers.Select(l => l.FirstMember(names)).FirstOrDefault(m => m is not null);

    private static string? FindText(JsonElement[] layers, params string[] names) => layers.Select(l => l.Text(names)).FirstOrDefault(t => t is not null);

    private static object?[] ReadAllowedValues(JsonElement[] layers) =>
        FindFirst(layers, "enum") is JsonElement { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(JsonValues.FromJson)]
        : FindFirst(layers, "const") is JsonElement only ? [JsonValues.FromJson(only)]
        : [];

    private static string[] ReadTypes(JsonElement[] layers) => FindFirst(layers, "type") switch
    {
        { ValueKind: JsonValueKind.Array } several => [.. ((JsonElement?)several).Texts().Where(t => t != "null")],
        JsonElement one when one.AsText() is string type => [type],
        _ => [],
    };

    private static IEnumerable<string> ReadAlternativeTypes(JsonElement[] layers, JsonElement document) =>
        layers.SelectMany(l => ListAlternatives(l, document)).Select(f => f.Text("type")).OfType<string>().Where(t => t != "null");

    private static string DetermineType(JsonElement[] layers, object?[] allowed, object? @default, JsonElement document) =>
        ReadTypes(layers).FirstOrDefault()
        ?? ReadAlternativeTypes(layers, document).FirstOrDefault()
        ?? (allowed.FirstOrDefault() ?? @default) switch
        {
            bool => "boolean",
            long => "integer",
            decimal or double => "number",
            _ => FindFirst(layers, "items") is not null ? "array" : FindFirst(layers, "properties") is not null ? "object" : "string",
        };
}
