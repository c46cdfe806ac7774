using System.Collections.Concurrent;

namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>
/// The predictions that this process submitted and that no summary has counted yet. Without them, saving a prediction again, or saving one of yesterday, would
/// count its price again.
/// </summary>
internal static class UncountedPredictions
{
    private static readonly ConcurrentDictionary<string, byte> s_ids = new(StringComparer.Ordinal);

    /// <summary>Adds a prediction that was submitted, and not taken over from an earlier run.</summary>
    internal static void Add(Prediction prediction)
    {
        if (!prediction.IsReused)
        {
            s_ids[prediction.Id] = 0;
        }
    }

    /// <summary>Whether the price of a prediction is still to be counted.</summary>
    internal static bool Contains(Prediction prediction) => !prediction.IsReused && s_ids.ContainsKey(prediction.Id);

    /// <summary>Whether the price of a prediction is to be counted, which is true once.</summary>
    internal static bool Take(Prediction prediction) => !prediction.IsReused && s_ids.TryRemove(prediction.Id, out _);
}
