using AtlasCloud.Journal;

namespace AtlasCloud.Predictions;

/// <summary>Finds journal entries by prediction ID. The journal is read again when the last read is older than a minute.</summary>
internal sealed class JournalLookup(JournalFile journal, Func<JournalEntry, bool> isOurs, TimeProvider clock)
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(1);

    private readonly object _lock = new();
    private (long ReadAt, IReadOnlyDictionary<string, JournalEntry> ById)? _cached;

    /// <summary>The entry of a prediction; null if the journal has none.</summary>
    internal async Task<JournalEntry?> FindAsync(string predictionId) =>
        (await ReadAsync().ConfigureAwait(false)).TryGetValue(predictionId, out JournalEntry? entry) ? entry : null;

    private async Task<IReadOnlyDictionary<string, JournalEntry>> ReadAsync()
    {
        lock (_lock)
        {
            if (_cached is var (readAt, known) && clock.GetElapsedTime(readAt) < s_lifetime)
            {
                return known;
            }
        }

        JournalContent content = await Task.Run(journal.ReadEntries).ConfigureAwait(false);
        Dictionary<string, JournalEntry> byId = new(StringComparer.Ordinal);
        foreach (JournalEntry entry in content.Entries.Where(e => e.PredictionId is not null && isOurs(e)))
        {
            byId[entry.PredictionId!] = entry;
        }

        lock (_lock)
        {
            _cached = (clock.GetTimestamp(), byId);
        }

        return byId;
    }
}
