using AtlasCloud.Http;
using AtlasCloud.Predictions;

namespace AtlasCloud.Submission;

/// <summary>
/// Searches the account's history for the tasks of requests whose answer was lost: right after a submit, and later for the open entries of the journal.
/// <see cref="RecoveryDecision"/> decides what the history proves.
/// </summary>
internal sealed class TaskRecovery(HttpPipeline http, PredictionRecords records, TimeProvider clock)
{
    /// <summary>From this age on, a request can be proven not to have been accepted.</summary>
    internal static readonly TimeSpan NotAcceptedAfter = RecoveryDecision.NotAcceptedAfter;

    private static readonly TimeSpan s_forgottenAfter = TimeSpan.FromDays(30);

    // Times can be those of another zone, so tasks that seem to be from the day before are read too.
    private static readonly TimeSpan s_settleMargin = TimeSpan.FromHours(26);
    private static readonly TimeSpan s_findMargin = TimeSpan.FromMinutes(15);

    // The history lags behind by a little, so a single search may come too early.
    private static readonly TimeSpan[] s_searchDelays = [TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5)];

    private readonly HistorySearch _search = new(http, clock);

    /// <summary>Searches for the task of a request that was just sent.</summary>
    /// <returns>The task; null if none is certain, or the search was canceled.</returns>
    internal async Task<Prediction?> FindAsync(SubmitRecord record, CancellationToken cancellationToken)
    {
        try
        {
            foreach (TimeSpan delay in s_searchDelays)
            {
                await Task.Delay(delay, clock, cancellationToken).ConfigureAwait(false);
                if (await TryFindAsync(record, cancellationToken).ConfigureAwait(false) is Prediction found)
                {
                    return found;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The journal keeps the entry for the next search.
        }

        return null;
    }

    /// <summary>Settles open journal entries by one search: adopts their tasks, closes what was provably not accepted, and reports the rest.</summary>
    internal async Task<IReadOnlyList<PendingTask>> SettleAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        HistoryReading reading;
        try
        {
            reading = await ReadAsync(entries.Select(records.ToOpenRequest), s_settleMargin, cancellationToken).ConfigureAwait(false);
        }
        catch (AtlasCloudException exception)
        {
            return [.. entries.Select(e => Unsettled(e, $"The history could not be searched: {exception.Message}", exception))];
        }

        List<PendingTask> settled = [];
        HashSet<string> digests = reading.Tasks.Select(t => t.Digest).ToHashSet(StringComparer.Ordinal);

        // Entries with a matching task first: what they adopt cannot belong to another entry.
        foreach (JournalEntry entry in entries.OrderBy(e => e.Digest is not null && digests.Contains(e.Digest) ? 0 : 1))
        {
            if (await SettleAsync(entry, reading).ConfigureAwait(false) is PendingTask result)
            {
                settled.Add(result);
            }
        }

        return settled;
    }

    /// <summary>The service's time; null if it cannot be read.</summary>
    internal async Task<DateTimeOffset?> GetServiceTimeAsync(CancellationToken cancellationToken)
    {
        try
        {
            _ = http.ServiceClock.Now is null
                ? await new HistoryReader(http).ReadPageAsync(new HistoryQuery(), 1, cancellationToken).ConfigureAwait(false)
                : default;
        }
        catch (AtlasCloudException exception)
        {
            AtlasCloudLog.Verbose($"The time of the service is unknown: {exception.Message}");
        }

        return http.ServiceClock.Now;
    }

    /// <summary>Whether an entry has reached an age, by this machine's clock and by the service's. An entry whose time is uncertain counts from its first search.</summary>
    internal async Task<bool> IsOlderThanAsync(TimeSpan age, JournalEntry entry, DateTimeOffset? serviceTime)
    {
        DateTimeOffset? since = entry.ClockOffset is TimeSpan offset ? TaskTimeWindow.Add(entry.LastSentAt, offset) : entry.SearchedAt;
        if (since is null && serviceTime is DateTimeOffset now)
        {
            await records.Journal!.AppendSearchedAsync(entry.JournalId, now).ConfigureAwait(false);
        }

        return serviceTime - since > age && !(clock.GetUtcNow() - entry.LastSentAt <= age);
    }

    private async Task<Prediction?> TryFindAsync(SubmitRecord record, CancellationToken cancellationToken)
    {
        try
        {
            OpenRequest request = record.ToOpenRequest(http.ServiceClock.Offset);
            HistoryReading reading = await ReadAsync([request], s_findMargin, cancellationToken).ConfigureAwait(false);
            if (reading.Tasks.All(t => t.Digest != record.Digest))
            {
                return null;
            }

            KnownRequests known = await records.GetKnownRequestsAsync().ConfigureAwait(false);
            RecoveryVerdict verdict = new RecoveryDecision(reading, known, clock.GetUtcNow()).Decide(request);
            if (verdict.Task is Prediction task && records.TryAdopt(task.Id, record.JournalId, record))
            {
                return HistoryReader.RequireOutputs(task);
            }

            AtlasCloudLog.Verbose($"The task of the request to {record.Model} is not certain. {verdict.Reason}");
        }
        catch (AtlasCloudException exception)
        {
            AtlasCloudLog.Verbose($"The history could not be searched for the request: {exception.Message}");
        }

        return null;
    }

    private Task<HistoryReading> ReadAsync(IEnumerable<OpenRequest> requests, TimeSpan margin, CancellationToken cancellationToken)
    {
        OpenRequest[] all = [.. requests];
        DateTimeOffset now = clock.GetUtcNow();
        DateTimeOffset first = all.Min(r => TaskTimeWindow.Of(r, http.ServiceClock.Offset)?.From ?? r.SentAt ?? now);

        // A wrong clock can have recorded any time: the tasks of the last days are read in any case.
        DateTimeOffset since = (first < now ? first : now) - margin;
        string?[] models = [.. all.Select(r => r.Model).Distinct(StringComparer.Ordinal)];
        return _search.ReadAsync(models.Length == 1 ? models[0] : null, since, all.Select(r => r.Digest).OfType<string>().ToHashSet(StringComparer.Ordinal), cancellationToken);
    }

    private async Task<PendingTask?> SettleAsync(JournalEntry entry, HistoryReading reading)
    {
        // Read again for each entry: the previous ones and other processes may have adopted tasks.
        KnownRequests known = await records.GetKnownRequestsAsync().ConfigureAwait(false);
        RecoveryVerdict verdict = new RecoveryDecision(reading, known, clock.GetUtcNow()).Decide(records.ToOpenRequest(entry));
        if (verdict.Task is Prediction task && records.TryAdopt(task.Id, entry.JournalId))
        {
            await records.RecordRecoveredAsync(entry, task).ConfigureAwait(false);
            return new PendingTask(entry, (entry with { PredictionId = task.Id }).ToPrediction(), null);
        }

        string request = $"The request to {entry.Model} of {entry.LastSentAt:u}";
        if (verdict.Outcome == RecoveryOutcome.NotAccepted)
        {
            await records.Journal!.AppendRefusedAsync(entry.JournalId, verdict.Reason).ConfigureAwait(false);
            AtlasCloudLog.Warning($"{request} was not accepted and is no longer pending. {verdict.Reason}");
            return null;
        }

        if (await IsOlderThanAsync(s_forgottenAfter, entry, reading.ServiceTime).ConfigureAwait(false))
        {
            await records.Journal!.AppendClosedAsync(entry.JournalId, "The task of the request could not be identified within 30 days.").ConfigureAwait(false);
            AtlasCloudLog.Warning($"{request} is no longer pending: its task could not be identified within {s_forgottenAfter.TotalDays:0} days, and its outputs have expired.");
            return null;
        }

        return Unsettled(entry, $"{verdict.Reason} The request stays open until the history proves, after at least {NotAcceptedAfter.TotalHours:0} hours, that it was not accepted, and for at most {s_forgottenAfter.TotalDays:0} days.", null);
    }

    private static PendingTask Unsettled(JournalEntry entry, string why, Exception? inner) => new(entry, null, SubmissionErrors.NotSettled(entry, why, inner));
}
