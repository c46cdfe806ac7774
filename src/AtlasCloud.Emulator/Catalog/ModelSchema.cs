using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Data;

namespace AtlasCloud.Emulation.Catalog;

/// <summary>The inputs that a model declares.</summary>
internal sealed class ModelSchema
{
    private static readonly ConcurrentDictionary<string, ModelSchema?> s_cache = new();

    private ModelSchema(JsonObject properties, IReadOnlyList<string> required) => (Properties, Required) = (properties, required);

    internal JsonObject Properties { get; }

    internal IReadOnlyList<string> Required { get; }

    /// <summary>The schema of a model; null where the service has none either.</summary>
    internal static ModelSchema? Of(CatalogModel model) => s_cache.GetOrAdd(model.DashedId, Read);

    internal JsonNode? Default(string property) => Properties[property]?["default"];

    /// <summary>The allowed values of a property; null where any will do.</summary>
    internal JsonArray? Allowed(string property) => Properties[property]?["enum"] as JsonArray;

    private static ModelSchema? Read(string dashedId)
    {
        string path = $"schemas/{dashedId}.json";
        if (!EmbeddedData.Exists(path) || EmbeddedData.ReadJson(path)["components"]?["schemas"]?["Input"] is not JsonObject input)
        {
            return null;
        }

        IReadOnlyList<string> required = input["required"] is JsonArray names ? [.. names.Select(n => (string)n!)] : [];
        return new ModelSchema(input["properties"] as JsonObject ?? [], required);
    }
}
