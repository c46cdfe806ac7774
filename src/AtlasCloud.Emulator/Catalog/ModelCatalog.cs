using System.Text;
using AtlasCloud.Emulation.Data;

namespace AtlasCloud.Emulation.Catalog;

/// <summary>The models that the emulator serves and routes. A scenario may change them while it runs.</summary>
internal sealed class ModelCatalog
{
    private const string StaticOrigin = "https://static.atlascloud.ai/";

    private readonly object _gate = new();
    private readonly string _text;
    private readonly CatalogDrift _drift;
    private IReadOnlyList<CatalogChange> _changes;
    private CatalogSnapshot _current;

    internal ModelCatalog(Uri baseUri, CatalogDrift drift)
    {
        _text = Encoding.UTF8.GetString(EmbeddedData.Read("models.json")).Replace(StaticOrigin, baseUri + "static/", StringComparison.Ordinal);
        _drift = drift;
        _changes = drift.Now;
        _current = new CatalogSnapshot(_text, _changes);
    }

    /// <summary>The reply of the catalog's address, with the addresses of static documents turned to this emulator, and its tag.</summary>
    internal (byte[] Document, string ETag) Reply
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

    internal bool HasLost(string dashedId) => Current.HasLost(dashedId);

    private CatalogSnapshot Current
    {
        get
        {
            IReadOnlyList<CatalogChange> changes = _drift.Now;
            lock (_gate)
            {
                if (!changes.SequenceEqual(_changes))
                {
                    (_changes, _current) = (changes, new CatalogSnapshot(_text, changes));
                }

                return _current;
            }
        }
    }
}
