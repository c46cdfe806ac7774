using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Data;

namespace AtlasCloud.Emulation.Catalog;

/// <summary>The input schema of a model.</summary>
internal sealed class ModelSchema
{
    private static readonly ConcurrentDictionary<string, ModelSchema?> s_cache = new();

    private ModelSchema(JsonObject properties, IReadOnlyList<string> required) => (Properties, Required) = (properties, required);

    internal JsonObject Properties { get; }

    internal IReadOnlyList<string> Required { get; }

    /// <summary>The schema of a model; null if the service publishes none.</summary>
    internal static ModelSchema? For(CatalogModel model) => model.SchemaChanges.Count == 0
        ? s_cache.GetOrAdd(model.DashedId, _ => Read(DocumentFor(model)))
        : Read(DocumentFor(model));

    /// <summary>The schema document of a model with the changes of a scenario; null if there is none.</summary>
    internal static JsonNode? DocumentFor(CatalogModel model)
    {
        string path = $"schemas/{model.DashedId}.json";
        JsonNode? document = EmbeddedData.Exists(path) ? EmbeddedData.ReadJson(path) : DerivedSchemas.Find(model.DashedId);
        foreach (JsonObject change in InputSchema(document) is null ? [] : model.SchemaChanges)
        {
            JsonMergePatch.Apply(InputSchema(document)!, change);
        }

        return document;
    }

    internal JsonNode? DefaultValue(string property) => Properties[property]?["default"];

    /// <summary>The allowed values of a property; null if it has no enum.</summary>
    internal JsonArray? AllowedValues(string property) => Properties[property]?["enum"] as JsonArray;

    /// <summary>Whether a string holds several of its allowed values, joined by commas.</summary>
    internal bool IsMultiple(string property) => Properties[property]?["x-multiple"]?.GetValueKind() == System.Text.Json.JsonValueKind.True;

    private static JsonObject? InputSchema(JsonNode? document) => document?["components"]?["schemas"]?["Input"] as JsonObject;

    private static ModelSchema? Read(JsonNode? document)
    {
        if (InputSchema(document) is not { } input)
        {
            return null;
        }

        IReadOnlyList<string> required = input["required"] is JsonArray names ? [.. names.Select(n => (string)n!)] : [];
        return new ModelSchema(input["properties"] as JsonObject ?? [], required);
    }
}
