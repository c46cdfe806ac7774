namespace AtlasCloud.Predictions;

/// <summary>The most recent predictions that a client created or read, in their last known state. Used for completion only.</summary>
internal sealed class RecentPredictions
{
    private const int MaxCount = 50;

    private readonly object _lock = new();
    private readonly LinkedList<Prediction> _items = new();

    /// <summary>Most recent first.</summary>
    internal IReadOnlyList<Prediction> All { get { lock (_lock) { return [.. _items]; } } }

    /// <summary>Adds a prediction and returns it unchanged.</summary>
    internal Prediction Add(Prediction prediction)
    {
        lock (_lock)
        {
            Prediction? before = _items.FirstOrDefault(p => p.Id == prediction.Id);
            if (before is not null)
            {
                _items.Remove(before);
            }

            _items.AddFirst(before is null ? prediction : prediction.MergeWith(before));
            if (_items.Count > MaxCount)
            {
                _items.RemoveLast();
            }
        }

        return prediction;
    }
}
