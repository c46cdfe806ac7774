using AtlasCloud.Journal;
using Microsoft.Win32.SafeHandles;

namespace AtlasCloud.Reuse;

/// <summary>The earlier requests with one digest that a run can still take over. Not thread-safe.</summary>
/// <param name="digest">The digest.</param>
/// <param name="isUsable">Whether the run may take over an entry.</param>
internal sealed class ReuseCandidates(string digest, Func<JournalEntry, bool> isUsable)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<JournalEntry> _waiting = [];
    private readonly Queue<JournalEntry> _unavailable = new();
    private readonly List<(ReuseOptions Batch, JournalEntry Entry)> _returned = [];
    private JournalDigestIndex.Position _position;

    /// <summary>Whether an entry that fits can be taken.</summary>
    internal bool Contains(Predicate<JournalEntry> fits) => _waiting.Exists(fits);

    /// <summary>Adds the entries that were created since the last call.</summary>
    /// <param name="index">The index of the journal.</param>
    /// <param name="file">The journal if the caller has it open; null otherwise.</param>
    internal void Load(JournalDigestIndex index, SafeFileHandle? file = null) =>
        _waiting.AddRange(index.FindAfter(digest, ref _position, file).Where(e => _known.Add(e.JournalId) && isUsable(e)));

    /// <summary>Takes the oldest entry that fits and has a label, else the oldest that fits; null if there is none.</summary>
    internal JournalEntry? Take(string? label, Predicate<JournalEntry> fits)
    {
        // Requests that differ only in the label keep their own results, even if one of them has none.
        int at = _waiting.FindIndex(e => e.Label == label && fits(e));
        at = at >= 0 ? at : _waiting.FindIndex(fits);
        if (at < 0)
        {
            return null;
        }

        JournalEntry entry = _waiting[at];
        _waiting.RemoveAt(at);
        return entry;
    }

    /// <summary>Excludes an entry that the run itself creates.</summary>
    internal void Exclude(string journalId) => _known.Add(journalId);

    /// <summary>Remembers an entry that was paid and whose result is no longer available. It counts only once no other entry is left.</summary>
    internal void AddUnavailable(JournalEntry entry) => _unavailable.Enqueue(entry);

    /// <summary>Takes an entry whose result is no longer available; null if there is none.</summary>
    internal JournalEntry? TakeUnavailable() => _unavailable.TryDequeue(out JournalEntry? entry) ? entry : null;

    /// <summary>Returns an entry that could not be taken over, so that a later batch of the run tries it again instead of submitting its request.</summary>
    internal void Return(ReuseOptions batch, JournalEntry entry) => _returned.Add((batch, entry));

    /// <summary>Takes an entry that another batch has returned; null if there is none.</summary>
    internal JournalEntry? TakeReturned(ReuseOptions batch, Predicate<JournalEntry> fits)
    {
        int at = _returned.FindIndex(r => !ReferenceEquals(r.Batch, batch) && fits(r.Entry));
        if (at < 0)
        {
            return null;
        }

        JournalEntry entry = _returned[at].Entry;
        _returned.RemoveAt(at);
        return entry;
    }
}
