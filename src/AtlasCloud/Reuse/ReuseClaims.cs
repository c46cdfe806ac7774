using AtlasCloud.Journal;
using AtlasCloud.Predictions;
using AtlasCloud.Text;
using Microsoft.Win32.SafeHandles;

namespace AtlasCloud.Reuse;

/// <summary>The earlier requests that a run has taken over or can still take over. Each counts for one request of the run. Thread-safe.</summary>
internal sealed class ReuseClaims(JournalDigestIndex index, string path, ReuseResolver resolver)
{
    private readonly object _lock = new();
    private readonly Dictionary<string, ReuseCandidates> _candidates = new(StringComparer.Ordinal);
    private readonly HashSet<string> _predictions = new(StringComparer.Ordinal);
    private bool _hasWarned;

    /// <summary>What the run has submitted and taken over.</summary>
    internal ReuseOccurrences Occurrences { get; } = new(index, resolver);

    /// <summary>Takes an earlier request; null if there is none.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: the journal cannot be read.</exception>
    internal JournalEntry? Take(ReuseRequest request)
    {
        try
        {
            lock (_lock)
            {
                ReuseCandidates candidates = Get(request);
                bool Fits(JournalEntry entry) => resolver.IsWithin(entry, request.Options.Within);
                if (!candidates.Contains(Fits))
                {
                    candidates.Load(index);
                    WarnOfDamage();
                }

                JournalEntry? entry;
                do
                {
                    entry = candidates.Take(request.Label, Fits);
                }
                while (entry?.PredictionId is string id && !_predictions.Add(id));

                return entry ?? candidates.TakeReturned(request.Options, Fits);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw PredictionErrors.ReuseNeedsJournal($"The journal {SafeText.Sanitize(path)} cannot be read", path, exception);
        }
    }

    /// <summary>Whether no earlier request can be taken. Called while no other process writes, so that nothing comes between this and the entry of the request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="journalId">The entry that the request will have.</param>
    /// <param name="file">The journal.</param>
    internal bool TryReserve(ReuseRequest request, string journalId, SafeFileHandle file)
    {
        lock (_lock)
        {
            ReuseCandidates candidates = Get(request);
            candidates.Load(index, file);
            if (candidates.Contains(entry => resolver.IsWithin(entry, request.Options.Within)))
            {
                return false;
            }

            candidates.Exclude(journalId);
            Occurrences.Add(request, journalId);
            return true;
        }
    }

    /// <summary>Returns the entry of a submit that failed, if the submit may have been paid. A retry in the same run would otherwise be paid again.</summary>
    internal void Release(ReuseRequest request, string journalId)
    {
        try
        {
            if (index.Find(journalId) is JournalEntry entry && resolver.IsUsable(entry))
            {
                Return(request, entry);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next occurrence reads the journal too, and fails before it submits anything.
            AtlasCloudLog.Verbose($"The journal entry {journalId} cannot be read: {exception.Message}");
        }
    }

    /// <summary>Takes a prediction. Returns false if another request of the run has it.</summary>
    internal bool TryTake(string predictionId)
    {
        lock (_lock)
        {
            return predictionId.Length == 0 || _predictions.Add(predictionId);
        }
    }

    /// <summary>Returns an entry that could not be taken over, so that a later batch of the run tries it again instead of submitting its request.</summary>
    internal void Return(ReuseRequest request, JournalEntry entry)
    {
        lock (_lock)
        {
            Get(request).Return(request.Options, entry);
        }
    }

    /// <summary>Remembers an entry that was paid and whose result is no longer available.</summary>
    internal void AddUnavailable(ReuseRequest request, JournalEntry entry)
    {
        lock (_lock)
        {
            Get(request).AddUnavailable(entry);
        }
    }

    /// <summary>Takes an entry whose result is no longer available; null if there is none.</summary>
    internal JournalEntry? TakeUnavailable(ReuseRequest request)
    {
        lock (_lock)
        {
            return Get(request).TakeUnavailable();
        }
    }

    private ReuseCandidates Get(ReuseRequest request)
    {
        if (!_candidates.TryGetValue(request.Digest, out ReuseCandidates? candidates))
        {
            _candidates[request.Digest] = candidates = new ReuseCandidates(request.Digest, resolver.IsUsable);
        }

        return candidates;
    }

    private void WarnOfDamage()
    {
        if (index.DamagedLines > 0 && !_hasWarned)
        {
            _hasWarned = true;
            AtlasCloudLog.Warning($"The journal {SafeText.Sanitize(path)} contains {index.DamagedLines} damaged line(s). Requests that are recorded only in these lines are submitted again.");
        }
    }
}
