namespace AtlasCloud.Assets;

/// <summary>The assets that a client has seen, in their last known state. Responses leave out what was known before.</summary>
internal sealed class KnownAssets
{
    private const int MaxCount = 1000;

    private readonly object _lock = new();
    private readonly LinkedList<Asset> _items = new();

    /// <summary>Most recent first.</summary>
    internal IReadOnlyList<Asset> All { get { lock (_lock) { return [.. _items]; } } }

    internal Asset? Find(string id)
    {
        lock (_lock)
        {
            return _items.FirstOrDefault(a => a.Id == id);
        }
    }

    internal Asset? FindReference(string reference)
    {
        lock (_lock)
        {
            return _items.FirstOrDefault(a => string.Equals(a.Reference, reference, StringComparison.OrdinalIgnoreCase));
        }
    }

    /// <summary>Adds an asset, and returns it with the facts that were known before.</summary>
    internal Asset Add(Asset asset)
    {
        lock (_lock)
        {
            Asset? before = _items.FirstOrDefault(a => a.Id == asset.Id);
            Asset merged = asset.MergeWith(before);
            if (before is not null)
            {
                _items.Remove(before);
            }

            _items.AddFirst(merged);
            if (_items.Count > MaxCount)
            {
                _items.RemoveLast();
            }

            return merged;
        }
    }

    internal void Remove(string id)
    {
        lock (_lock)
        {
            if (_items.FirstOrDefault(a => a.Id == id) is Asset asset)
            {
                _items.Remove(asset);
            }
        }
    }
}
