using System.Collections.Specialized;
using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud.Models;

/// <summary>Reads what a schema says about one input.</summary>
internal static class ParameterReader
{
    private const int DeepestMembers = 4;

    /// <summary>Reads an input. What is missing or makes no sense is left at its default; nothing here throws.</summary>
    internal static ModelParameter Read(string name, JsonElement schema, JsonElement document, bool required, string? model, int depth = 0)
    {
        JsonElement[] layers = Layers(schema, document);
        JsonElement[] items = First(layers, "items") is JsonElement { ValueKind: JsonValueKind.Object } described ? Layers(described, document) : [];
        object?[] allowed = Allowed(layers);
        object? @default = First(layers, "default") is JsonElement given ? JsonValues.FromJson(given) : null;
        string type = TypeOf(layers, allowed, @default, document);
        string? itemType = items.Length == 0 ? null : Types(items) is [string one, ..] ? one : First(items, "properties") is not null ? "object" : null;
        string? format = Text(layers, "format") ?? Text(items, "format");
        return new ModelParameter
        {
            Model = model,
            Name = name,
            Type = type,
            IsTyped = allowed.Length > 0 || Types(layers).Length == 1 || (Types(layers).Length == 0 && First(layers, "items", "properties") is not null),
            Types = [.. Types(layers).Concat(FormTypes(layers, document)).Distinct(StringComparer.Ordinal)],
            ItemType = itemType,
            ItemAllowedValues = Allowed(items),
            ItemMinimum = First(items, "minimum")?.AsDecimal(),
            ItemMaximum = First(items, "maximum")?.AsDecimal(),
            Members = depth < DeepestMembers ? Members(First(layers, "properties") is not null ? layers : items, document, model, depth) : [],
            Format = format,
            MediaKind = MediaInputs.KindOf(name, type, itemType, Text(layers, "x-ui-component"), format),
            IsRequired = required,

            // A default outside the list is one the service would refuse.
            Default = @default is not null && allowed.Length > 0 && !allowed.Contains(@default) ? allowed[0] : @default,
            AllowedValues = allowed,
            Labels = First(layers, "x-enum-labels") is JsonElement labels ? JsonValues.ToDictionary(labels, _ => true) : new OrderedDictionary(),
            Minimum = First(layers, "minimum")?.AsDecimal(),
            Maximum = First(layers, "maximum")?.AsDecimal(),
            Step = First(layers, "step", "multipleOf")?.AsDecimal(),
            MinimumLength = First(layers, "minLength")?.AsInteger(),
            MaximumLength = First(layers, "maxLength")?.AsInteger(),
            MinimumCount = First(layers, "minItems")?.AsInteger(),
            MaximumCount = First(layers, "maxItems")?.AsInteger(),
            Description = Text(layers, "description", "title"),
            IsApiOnly = First(layers, "disabled")?.AsBoolean() == true || First(layers, "hidden")?.AsBoolean() == true,
        };
    }

    // Generated documents wrap what an input is: in a reference, in an allOf, or in a choice between it and null.
    private static JsonElement[] Layers(JsonElement schema, JsonElement document)
    {
        JsonElement target = SchemaReader.Resolve(schema, document);
        List<JsonElement> layers = [schema, target, .. target.Member("allOf").Items().Select(s => SchemaReader.Resolve(s, document))];
        JsonElement[] forms = [.. Forms(target, document).Where(f => f.Text("type") != "null")];
        return forms.Length == 1 ? [.. layers, forms[0]] : [.. layers];
    }

    private static IEnumerable<JsonElement> Forms(JsonElement schema, JsonElement document) =>
        schema.Member("anyOf").Items().Concat(schema.Member("oneOf").Items()).Select(f => SchemaReader.Resolve(f, document));

    private static ModelParameter[] Members(JsonElement[] layers, JsonElement document, string? model, int depth)
    {
        IReadOnlyList<string> required = First(layers, "required").Texts();
        return [.. (First(layers, "properties")?.Members() ?? []).Select(m => Read(m.Name, m.Value, document, required.Contains(m.Name), model, depth + 1))];
    }

    private static JsonElement? First(JsonElement[] layers, params string[] names) =>
        layers.Select(l => l.FirstMember(names)).FirstOrDefault(m => m is not null);

    private static string? Text(JsonElement[] layers, params string[] names) => layers.Select(l => l.Text(names)).FirstOrDefault(t => t is not null);

    private static object?[] Allowed(JsonElement[] layers) =>
        First(layers, "enum") is JsonElement { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(JsonValues.FromJson)]
        : First(layers, "const") is JsonElement only ? [JsonValues.FromJson(only)]
        : [];

    private static string[] Types(JsonElement[] layers) => First(layers, "type") switch
    {
        { ValueKind: JsonValueKind.Array } several => [.. ((JsonElement?)several).Texts().Where(t => t != "null")],
        JsonElement one when one.AsText() is string type => [type],
        _ => [],
    };

    private static IEnumerable<string> FormTypes(JsonElement[] layers, JsonElement document) =>
        layers.SelectMany(l => Forms(l, document)).Select(f => f.Text("type")).OfType<string>().Where(t => t != "null");

    private static string TypeOf(JsonElement[] layers, object?[] allowed, object? @default, JsonElement document) =>
        Types(layers).FirstOrDefault()
        ?? FormTypes(layers, document).FirstOrDefault()
        ?? (allowed.FirstOrDefault() ?? @default) switch
        {
            bool => "boolean",
            long => "integer",
            decimal or double => "number",
            _ => First(layers, "items") is not null ? "array" : First(layers, "properties") is not null ? "object" : "string",
        };
}
