namespace AtlasCloud.Predictions;

/// <summary>The requests that this client and the journal know.</summary>
/// <param name="Open">Those whose task is unknown.</param>
/// <param name="Tasks">The tasks of the others, by ID.</param>
internal sealed record KnownRequests(IReadOnlyList<OpenRequest> Open, IReadOnlyDictionary<string, KnownTask> Tasks)
{
    /// <summary>Combines what this client and the journal know.</summary>
    /// <param name="own">The requests of this client that are in flight.</param>
    /// <param name="ownIds">The IDs that this client received.</param>
    /// <param name="entries">The journal.</param>
    /// <param name="toOpenRequest">Converts an open entry.</param>
    /// <param name="isOurs">Whether an entry belongs to the service of the client.</param>
    /// <param name="isOwnAccount">Whether an entry was recorded with the key of the client; null if unknown.</param>
    internal static KnownRequests Create(
        IReadOnlyList<OpenRequest> own, IReadOnlyList<string> ownIds, IReadOnlyList<JournalEntry> entries,
        Func<JournalEntry, OpenRequest> toOpenRequest, Func<JournalEntry, bool> isOurs, Func<JournalEntry, bool?> isOwnAccount)
    {
        HashSet<string> ownKeys = own.Select(r => r.Key).ToHashSet(StringComparer.Ordinal);
        Dictionary<string, KnownTask> known = ownIds.ToDictionary(id => id, _ => new KnownTask(null, null, null), StringComparer.Ordinal);
        foreach (JournalEntry entry in entries.Where(e => e.PredictionId is not null))
        {
            known[entry.PredictionId!] = new KnownTask(entry.Model, TaskTimeWindow.Add(entry.LastSentAt, entry.ClockOffset ?? TimeSpan.Zero), isOurs(entry) ? isOwnAccount(entry) : false);
        }

        IEnumerable<OpenRequest> open = entries.Where(e => e.PredictionId is null && e.IsOpen && isOurs(e) && !ownKeys.Contains(e.JournalId)).Select(toOpenRequest);
        return new KnownRequests([.. own, .. open], known);
    }
}
