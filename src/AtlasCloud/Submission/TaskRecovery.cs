using System.Text.Json.Nodes;
using AtlasCloud.Http;
using AtlasCloud.Json;
using AtlasCloud.Predictions;
using AtlasCloud.Requests;

namespace AtlasCloud.Submission;

/// <summary>
/// Finds the tasks of requests whose answer was lost in the account's history: right after a submit, and later for the open entries of the journal.
/// A task is recognized by its content and its time only, so it is adopted only if it fits exactly one request.
/// </summary>
internal sealed class TaskRecovery(HttpPipeline http, PredictionRecords records, TimeProvider clock)
{
    /// <summary>From this age on, the history would show a task if there were one.</summary>
    internal static readonly TimeSpan NotAcceptedAfter = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan s_forgottenAfter = TimeSpan.FromDays(30);

    // The history lags behind by a little, so a single search may come too early.
    private static readonly TimeSpan[] s_searchDelays = [TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5)];

    // Pages shift while they are read: a few old tasks among the new ones do not end the search.
    private const int MaxOldTasks = 50;

    /// <summary>Searches for the task of a request that was just sent.</summary>
    /// <returns>The task; null if none fits, several fit, or the search failed or was canceled.</returns>
    internal async Task<Prediction?> FindAsync(SubmitRecord record, DateTimeOffset sentAt, CancellationToken cancellationToken)
    {
        try
        {
            foreach (TimeSpan delay in s_searchDelays)
            {
                await Task.Delay(delay, clock, cancellationToken).ConfigureAwait(false);
                IReadOnlyList<HistoryTask> tasks = await ListAsync(record.Model, sentAt, cancellationToken).ConfigureAwait(false);
                Prediction[] matches = FindMatches(tasks, record.Digest, sentAt);
                if (matches.Length > 0)
                {
                    // Adopting the wrong one of several would lose the other.
                    return matches.Length == 1 && !await records.IsClaimedAsync(matches[0], record.Digest, record, record.JournalId).ConfigureAwait(false)
                        ? matches[0]
                        : null;
                }
            }
        }
        catch (AtlasCloudException exception)
        {
            AtlasCloudLog.Verbose($"The history could not be searched for the request: {exception.Message}");
        }
        catch (OperationCanceledException)
        {
            // The journal keeps the entry for the next search.
        }

        return null;
    }

    /// <summary>Settles open journal entries of one model: adopts their tasks, closes what never became one, and reports the rest.</summary>
    internal async Task<IReadOnlyList<PendingTask>> SettleAsync(string model, IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        IReadOnlyList<HistoryTask> tasks;
        try
        {
            tasks = await ListAsync(model, entries.Min(SentAt), cancellationToken).ConfigureAwait(false);
        }
        catch (AtlasCloudException exception)
        {
            return [.. entries.Select(e => Unsettled(e, $"The history could not be searched: {exception.Message}", exception))];
        }

        List<PendingTask> settled = [];
        HashSet<string> knownIds = await records.GetKnownIdsAsync().ConfigureAwait(false);

        // Entries with a matching task first: what they adopt cannot belong to another entry.
        foreach (JournalEntry entry in entries.OrderBy(e => tasks.Any(t => t.Digest == e.Digest) ? 0 : 1))
        {
            if (await SettleAsync(entry, model, tasks, knownIds).ConfigureAwait(false) is PendingTask result)
            {
                settled.Add(result);
            }
        }

        return settled;
    }

    /// <summary>When the request of an entry was sent, as far as is known.</summary>
    internal static DateTimeOffset SentAt(JournalEntry entry) =>
        entry.SentAt ?? entry.CreatedAt ?? DateTimeOffset.MinValue + TaskTimeWindow.ClockSkew;

    private async Task<PendingTask?> SettleAsync(JournalEntry entry, string model, IReadOnlyList<HistoryTask> tasks, HashSet<string> knownIds)
    {
        TimeSpan age = clock.GetUtcNow() - SentAt(entry);

        // The service may store a request in another form than it was sent: an unknown task could be the result of this one.
        bool hasUnknownTask = tasks.Any(t => TaskTimeWindow.Matches(t.Task, SentAt(entry)) && !knownIds.Contains(t.Task.Id));
        Prediction[] matches = FindMatches(tasks, entry.Digest, SentAt(entry));
        if (matches.Length == 1 && !await records.IsClaimedAsync(matches[0], entry.Digest!, null, entry.JournalId).ConfigureAwait(false))
        {
            await records.RecordRecoveredAsync(entry, matches[0]).ConfigureAwait(false);
            knownIds.Add(matches[0].Id);
            return new PendingTask(entry, (entry with { PredictionId = matches[0].Id }).ToPrediction(), null);
        }

        if (!hasUnknownTask && age > NotAcceptedAfter)
        {
            await records.RecordNotAcceptedAsync(entry, "The account's history contains no such task.").ConfigureAwait(false);
            AtlasCloudLog.Verbose($"The request to {model} of {SentAt(entry):u} was not accepted: the history contains no such task, so it is no longer pending.");
            return null;
        }

        if (age > s_forgottenAfter)
        {
            await records.Journal!.AppendClosedAsync(entry.JournalId, "The task of the request could not be identified.").ConfigureAwait(false);
            return null;
        }

        return Unsettled(entry, ExplainOpen(matches.Length, hasUnknownTask), null);
    }

    private Prediction[] FindMatches(IReadOnlyList<HistoryTask> tasks, string? digest, DateTimeOffset sentAt) =>
        [.. tasks.Where(t => t.Digest == digest && TaskTimeWindow.Matches(t.Task, sentAt) && !records.IsOwn(t.Task)).Select(t => t.Task)];

    private static string ExplainOpen(int matchCount, bool hasUnknownTask) => (matchCount, hasUnknownTask) switch
    {
        ( > 0, _) => "Several tasks in the history match the request.",
        (_, true) => "The history contains tasks from that time that are not in the journal, but none has the same request digest.",
        _ => $"The history contains no such task yet. If none appears within {NotAcceptedAfter.TotalMinutes:0} minutes, the request is treated as not accepted.",
    };

    private static PendingTask Unsettled(JournalEntry entry, string why, Exception? inner) =>
        new(entry, null, SubmissionErrors.NotSettled(entry, SentAt(entry), why, inner));

    private async Task<IReadOnlyList<HistoryTask>> ListAsync(string model, DateTimeOffset since, CancellationToken cancellationToken)
    {
        List<HistoryTask> found = [];
        int oldTasks = 0;
        await foreach (Prediction task in new HistoryReader(http).ReadAsync(new HistoryQuery { Model = model }, cancellationToken).ConfigureAwait(false))
        {
            if (!(task.CreatedAt < since - TaskTimeWindow.ClockSkew))
            {
                found.Add(new HistoryTask(ComputeDigest(task, model), task));
            }
            else if (++oldTasks >= MaxOldTasks)
            {
                break;
            }
        }

        return found;
    }

    private static string ComputeDigest(Prediction task, string model)
    {
        if (task.Request is null || JsonValues.ToJson(task.Request) is not JsonObject body)
        {
            return "";
        }

        body["model"] ??= model;
        return RequestDigest.Compute(body);
    }
}
