namespace AtlasCloud.Predictions;

/// <summary>The requests that this client and the journal know.</summary>
/// <param name="Open">Those whose task is unknown.</param>
/// <param name="SentAtById">When the others were sent, in the service's time and by the ID of their task; null if unknown.</param>
internal sealed record KnownRequests(IReadOnlyList<OpenRequest> Open, IReadOnlyDictionary<string, DateTimeOffset?> SentAtById)
{
    /// <summary>Combines what this client and the journal know.</summary>
    /// <param name="own">The requests of this client that are in flight.</param>
    /// <param name="ownIds">The IDs that this client received.</param>
    /// <param name="entries">The journal.</param>
    /// <param name="toOpenRequest">Converts an open entry.</param>
    /// <param name="isOurs">Whether an entry belongs to the service of the client.</param>
    internal static KnownRequests Create(
        IReadOnlyList<OpenRequest> own, IReadOnlyList<string> ownIds, IReadOnlyList<JournalEntry> entries,
        Func<JournalEntry, OpenRequest> toOpenRequest, Func<JournalEntry, bool> isOurs)
    {
        HashSet<string> ownKeys = own.Select(r => r.Key).ToHashSet(StringComparer.Ordinal);
        Dictionary<string, DateTimeOffset?> known = ownIds.ToDictionary(id => id, _ => (DateTimeOffset?)null, StringComparer.Ordinal);
        foreach (JournalEntry entry in entries.Where(e => e.PredictionId is not null))
        {
            known[entry.PredictionId!] = TaskTimeWindow.Add(entry.LastSentAt, entry.ClockOffset ?? TimeSpan.Zero);
        }

        IEnumerable<OpenRequest> open = entries.Where(e => e.PredictionId is null && e.IsOpen && isOurs(e) && !ownKeys.Contains(e.JournalId)).Select(toOpenRequest);
        return new KnownRequests([.. own, .. open], known);
    }
}
