using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Data;

namespace AtlasCloud.Emulation.Catalog;

/// <summary>The catalog with a fixed set of changes applied.</summary>
internal sealed class CatalogSnapshot
{
    private readonly Dictionary<string, CatalogModel> _byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _removed = new(StringComparer.OrdinalIgnoreCase);

    internal CatalogSnapshot(string text, IReadOnlyList<CatalogChange> changes)
    {
        JsonObject document = JsonNode.Parse(text)!.AsObject();
        JsonArray rows = document["data"]!.AsArray();
        Listed = [.. rows.ToList().Select(row => ApplyChanges(row!.AsObject(), rows, changes)).OfType<CatalogModel>()];
        Document = Encoding.UTF8.GetBytes(changes.Count == 0 ? text : JsonText.Write(document));
        ETag = $"\"{Convert.ToHexString(SHA256.HashData(Document), 0, 8).ToLowerInvariant()}\"";

        // The service accepts these models without listing them: their prices were measured, their catalog rows were not recorded.
        JsonArray unlisted = EmbeddedData.ReadEmulatorData("unlisted-models.json")["models"]!.AsArray();
        IEnumerable<CatalogModel> unlistedModels = [.. unlisted.ToList().Select(row => ApplyChanges(row!.AsObject(), unlisted, changes)).OfType<CatalogModel>()];
        foreach (CatalogModel model in Listed.Concat(unlistedModels))
        {
            _byId.TryAdd(model.Id, model);
        }
    }

    internal byte[] Document { get; }

    internal string ETag { get; }

    internal IReadOnlyList<CatalogModel> Listed { get; }

    internal IEnumerable<CatalogModel> All => _byId.Values;

    internal CatalogModel? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Whether the model, and with it its documents, was removed.</summary>
    internal bool IsRemoved(string dashedId) => _removed.Contains(dashedId);

    private CatalogModel? ApplyChanges(JsonObject row, JsonArray rows, IReadOnlyList<CatalogChange> changes)
    {
        string id = (string)row["model"]!;
        List<JsonObject> schemaChanges = [];
        List<JsonObject> entryChanges = [];
        foreach (CatalogChange change in changes.Where(c => c.Model.IsMatch(id)))
        {
            if (change.IsRemoved)
            {
                rows.Remove(row);
                _removed.Add(id.Replace('/', '-'));
                return null;
            }

            if (change.Price is { } price)
            {
                JsonMergePatch.Apply(row, new JsonObject
                {
                    ["price"] = new JsonObject { ["discount"] = "100", ["actual"] = price.DeepClone(), ["origin"] = price.DeepClone() },
                });
            }

            if (change.Entry is { } entry)
            {
                entryChanges.Add(entry);
            }

            if (change.Schema is { } patch)
            {
                schemaChanges.Add(patch);
            }
        }

        // What an entry claims is only listed: prices, kinds and validation remain those of the original row.
        JsonObject original = entryChanges.Count == 0 ? row : row.DeepClone().AsObject();
        entryChanges.ForEach(entry => JsonMergePatch.Apply(row, entry));
        return new CatalogModel(original) { SchemaChanges = schemaChanges, Id = (string)row["model"]! };
    }
}
