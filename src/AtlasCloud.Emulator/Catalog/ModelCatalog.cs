using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Data;

namespace AtlasCloud.Emulation.Catalog;

/// <summary>The models that the emulator serves and routes.</summary>
internal sealed class ModelCatalog
{
    private const string StaticOrigin = "https://static.atlascloud.ai/";

    private readonly Dictionary<string, CatalogModel> _byId = new(StringComparer.OrdinalIgnoreCase);

    internal ModelCatalog(Uri baseUri)
    {
        string text = Encoding.UTF8.GetString(EmbeddedData.Read("models.json"))
            .Replace(StaticOrigin, baseUri + "static/", StringComparison.Ordinal);
        Document = Encoding.UTF8.GetBytes(text);
        ETag = $"\"{Convert.ToHexString(SHA256.HashData(Document), 0, 8).ToLowerInvariant()}\"";
        Listed = [.. JsonNode.Parse(Document)!["data"]!.AsArray().Select(item => new CatalogModel(item!.AsObject()))];

        // Routed without being listed, as on the service: prices of these were measured, catalog rows of them were not kept.
        IEnumerable<CatalogModel> unlisted =
            EmbeddedData.ReadOwn("unlisted-models.json")["models"]!.AsArray().Select(item => new CatalogModel(item!.AsObject()));
        foreach (CatalogModel model in Listed.Concat(unlisted))
        {
            _byId.TryAdd(model.Id, model);
        }
    }

    /// <summary>The reply of the catalog's address, with the addresses of static documents turned to this emulator.</summary>
    internal byte[] Document { get; }

    internal string ETag { get; }

    internal IReadOnlyList<CatalogModel> Listed { get; }

    internal IEnumerable<CatalogModel> All => _byId.Values;

    internal CatalogModel? Find(string id) => _byId.GetValueOrDefault(id);
}
