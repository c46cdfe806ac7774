using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Data;

namespace AtlasCloud.Emulation.Catalog;

/// <summary>The models of the emulator. A scenario can change them at run time.</summary>
internal sealed class ModelCatalog
{
    private const string StaticOrigin = "https://static.atlascloud.ai/";

    private readonly object _lock = new();
    private readonly string _text;
    private readonly CatalogChangeTracker _changeTracker;
    private IReadOnlyList<CatalogChange> _currentChanges;
    private CatalogSnapshot _current;

    internal ModelCatalog(Uri baseUri, EmulatorOptions options, CatalogChangeTracker changeTracker)
    {
        _text = ReadRows(options).Replace(StaticOrigin, baseUri + "static/", StringComparison.Ordinal);
        _changeTracker = changeTracker;
        _currentChanges = changeTracker.ActiveChanges;
        _current = new CatalogSnapshot(_text, _currentChanges);
    }

    // With the models that joined the catalog after the recorded page. Where a row states an average run time, it is that of the emulator.
    private static string ReadRows(EmulatorOptions options)
    {
        JsonObject document = EmbeddedData.ReadJson("models.json").AsObject();
        foreach (JsonNode? row in EmbeddedData.ReadEmulatorData("added-models.json")["models"]!.AsArray())
        {
            document["data"]!.AsArray().Add(row!.DeepClone());
        }

        foreach (JsonObject row in document["data"]!.AsArray().OfType<JsonObject>().Where(r => r.ContainsKey("avgLatency")))
        {
            row["avgLatency"] = options.DurationOf(new CatalogModel(row).Kind).TotalSeconds;
        }

        return JsonText.Write(document);
    }

    /// <summary>The response body of GET /api/v1/models, with static document addresses that point to this emulator, and its ETag.</summary>
    internal (byte[] Document, string ETag) Document
    {
        get
        {
            CatalogSnapshot current = Current;
            return (current.Document, current.ETag);
        }
    }

    internal IReadOnlyList<CatalogModel> Listed => Current.Listed;

    internal IEnumerable<CatalogModel> All => Current.All;

    internal CatalogModel? Find(string id) => Current.Find(id);

    internal bool IsRemoved(string dashedId) => Current.IsRemoved(dashedId);

    private CatalogSnapshot Current
    {
        get
        {
            IReadOnlyList<CatalogChange> changes = _changeTracker.ActiveChanges;
            lock (_lock)
            {
                if (!changes.SequenceEqual(_currentChanges))
                {
                    (_currentChanges, _current) = (changes, new CatalogSnapshot(_text, changes));
                }

                return _current;
            }
        }
    }
}
