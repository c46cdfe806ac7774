using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Data;

namespace AtlasCloud.Emulation.Catalog;

/// <summary>The schemas of models whose documents were not recorded: that of a sibling model, with the documented differences.</summary>
internal static class DerivedSchemas
{
    private static readonly Lazy<IReadOnlyDictionary<string, JsonNode>> s_documents = new(Read);

    /// <summary>The document of a model; null if there is none.</summary>
    /// <param name="dashedId">The model ID as in the addresses of static documents.</param>
    internal static JsonNode? Find(string dashedId) => s_documents.Value.GetValueOrDefault(dashedId)?.DeepClone();

    private static Dictionary<string, JsonNode> Read()
    {
        Dictionary<string, JsonNode> documents = new(StringComparer.Ordinal);
        foreach (JsonNode? entry in EmbeddedData.ReadEmulatorData("derived-schemas.json")["schemas"]!.AsArray())
        {
            foreach (string id in entry!["models"]!.AsArray().Select(m => (string)m!))
            {
                documents[id.Replace('/', '-')] = Derive(id, (string)entry["of"]!, entry["change"]!.AsObject());
            }
        }

        return documents;
    }

    // An origin that ends with a dash is a family: the task of the model completes it.
    private static JsonNode Derive(string id, string origin, JsonObject change)
    {
        string file = origin.EndsWith('-') ? origin + id[(id.LastIndexOf('/') + 1)..] : origin;
        JsonNode document = EmbeddedData.ReadJson($"schemas/{file}.json");
        JsonObject input = document["components"]!["schemas"]!["Input"]!.AsObject();
        JsonMergePatch.Apply(input, change);
        JsonMergePatch.Apply(input, new JsonObject { ["properties"] = new JsonObject { ["model"] = new JsonObject { ["default"] = id } } });
        return document;
    }
}
