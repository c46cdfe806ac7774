using System.Collections.Concurrent;
using AtlasCloud.Journal;

namespace AtlasCloud.Predictions;

/// <summary>Finds journal entries by prediction ID. The journal is read again when the last read is older than a minute.</summary>
internal sealed class JournalLookup(JournalFile journal, Func<JournalEntry, bool> isOurs, TimeProvider clock)
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(1);

    private readonly object _lock = new();
    private (long ReadAt, ConcurrentDictionary<string, JournalEntry> ById)? _cached;

    /// <summary>The entry of a prediction; null if the journal has none.</summary>
    internal async Task<JournalEntry?> FindAsync(string predictionId) =>
        (await ReadAsync().ConfigureAwait(false)).TryGetValue(predictionId, out JournalEntry? entry) ? entry : null;

    /// <summary>Adds files that were saved since the journal was read.</summary>
    internal void AddFiles(string predictionId, IReadOnlyList<SavedFile> files)
    {
        ConcurrentDictionary<string, JournalEntry>? known;
        lock (_lock)
        {
            known = _cached?.ById;
        }

        // Each attempt reads the entry again: several files of a prediction can be saved at a time.
        while (known is not null && known.TryGetValue(predictionId, out JournalEntry? entry)
            && !known.TryUpdate(predictionId, entry with { Files = [.. entry.Files.ExceptBy(files.Select(f => f.Path), f => f.Path), .. files] }, entry))
        {
        }
    }

    private async Task<ConcurrentDictionary<string, JournalEntry>> ReadAsync()
    {
        lock (_lock)
        {
            if (_cached is var (readAt, known) && clock.GetElapsedTime(readAt) < s_lifetime)
            {
                return known;
            }
        }

        JournalContent content = await Task.Run(journal.ReadEntries).ConfigureAwait(false);
        ConcurrentDictionary<string, JournalEntry> byId = new(StringComparer.Ordinal);
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
