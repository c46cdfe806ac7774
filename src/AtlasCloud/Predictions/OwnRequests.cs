namespace AtlasCloud.Predictions;

/// <summary>The requests of this client, in memory: those in flight, and the IDs of the others.</summary>
internal sealed class OwnRequests
{
    private readonly object _lock = new();
    private readonly HashSet<SubmitRecord> _inFlight = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _journalIds = new(StringComparer.Ordinal);

    /// <summary>Adds a request that is about to be sent.</summary>
    internal void Add(SubmitRecord record)
    {
        lock (_lock)
        {
            _inFlight.Add(record);
        }

        if (record.JournalId is string journalId)
        {
            InFlightEntries.Add(journalId);
        }
    }

    /// <summary>Removes a request whose outcome is recorded.</summary>
    internal void Remove(SubmitRecord record)
    {
        lock (_lock)
        {
            _inFlight.Remove(record);
        }

        if (record.JournalId is string journalId)
        {
            InFlightEntries.Remove(journalId);
        }
    }

    /// <summary>Whether this client received or adopted an ID.</summary>
    internal bool Contains(string predictionId)
    {
        lock (_lock)
        {
            return _ids.Contains(predictionId);
        }
    }

    /// <summary>The journal entry of a prediction of this client; null if it has none.</summary>
    internal string? FindJournalId(string predictionId)
    {
        lock (_lock)
        {
            return _journalIds.GetValueOrDefault(predictionId);
        }
    }

    /// <summary>Reserves an ID. Returns false if another request has it.</summary>
    internal bool TryClaim(string predictionId)
    {
        lock (_lock)
        {
            return _ids.Add(predictionId);
        }
    }

    /// <summary>Sets the journal entry of a prediction.</summary>
    internal void SetJournalId(string predictionId, string journalId)
    {
        lock (_lock)
        {
            _ids.Add(predictionId);
            _journalIds[predictionId] = journalId;
        }
    }

    /// <summary>Reserves the ID of a task that the history showed for one request, which is no longer open from then on.</summary>
    /// <returns>False if another request has it by now.</returns>
    internal bool TryAdopt(string predictionId, string? journalId, SubmitRecord? record)
    {
        lock (_lock)
        {
            if (!_ids.Add(predictionId))
            {
                return false;
            }

            if (journalId is not null)
            {
                _journalIds[predictionId] = journalId;
            }

            return record is null || _inFlight.Remove(record);
        }
    }

    /// <summary>Returns the requests in flight, the IDs of the others, and their journal entries, all of the same moment.</summary>
    internal (SubmitRecord[] InFlight, string[] Ids, HashSet<string> SettledEntries) GetSnapshot()
    {
        lock (_lock)
        {
            return ([.. _inFlight], [.. _ids], _journalIds.Values.ToHashSet(StringComparer.Ordinal));
        }
    }
}
