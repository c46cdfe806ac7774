namespace AtlasCloud.Predictions;

/// <summary>The predictions that a client saw last, each as it was seen last. For completion: nothing depends on it.</summary>
internal sealed class RecentPredictions
{
    private const int Most = 50;

    private readonly object _lock = new();
    private readonly LinkedList<Prediction> _seen = new();

    /// <summary>The latest first.</summary>
    internal IReadOnlyList<Prediction> All { get { lock (_lock) { return [.. _seen]; } } }

    /// <summary>Remembers a prediction and gives it back.</summary>
    internal Prediction Add(Prediction prediction)
    {
        lock (_lock)
        {
            Prediction? before = _seen.FirstOrDefault(p => p.Id == prediction.Id);
            if (before is not null)
            {
                _seen.Remove(before);
            }

            _seen.AddFirst(before is null ? prediction : prediction.MergeWith(before));
            if (_seen.Count > Most)
            {
                _seen.RemoveLast();
            }
        }

        return prediction;
    }
}
