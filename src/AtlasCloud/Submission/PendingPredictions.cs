using System.Runtime.CompilerServices;
using AtlasCloud.Http;
using AtlasCloud.Journal;
using AtlasCloud.Logging;
using AtlasCloud.Predictions;
using AtlasCloud.Storage;
using AtlasCloud.Text;

namespace AtlasCloud.Submission;

/// <summary>Reads from the journal what is still to be collected. Where an answer was lost, the history is asked for the id.</summary>
internal sealed class PendingPredictions(HttpPipeline http, PredictionRecords records, TimeProvider clock)
{
    /// <summary>From this age on, the history would show a task if there were one.</summary>
    internal static readonly TimeSpan Certain = TimeSpan.FromMinutes(15);

    // Results are kept for two weeks at most, and the history does not go back for ever.
    private static readonly TimeSpan s_kept = TimeSpan.FromDays(15);
    private static readonly TimeSpan s_remembered = TimeSpan.FromDays(30);

    // Younger than that, the process that wrote an intent is most likely waiting for the answer.
    private static readonly TimeSpan s_fresh = TimeSpan.FromMinutes(2);

    private readonly TaskRecovery _lost = new(http);

    /// <exception cref="AtlasCloudException">There is no journal.</exception>
    internal async Task<IReadOnlyList<JournalEntry>> ListAsync(CancellationToken cancellationToken)
    {
        JournalFile journal = Journal();
        JournalContent content = await Task.Run(journal.ReadEntries, cancellationToken).ConfigureAwait(false);
        WarnOfDamage(content);
        return [.. content.Entries.Where(records.IsOurs)];
    }

    /// <exception cref="AtlasCloudException">There is no journal.</exception>
    internal async IAsyncEnumerable<PendingTask> ReadAsync(
        Func<JournalEntry, bool> isWanted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JournalFile journal = Journal();
        JournalContent content = await Task.Run(journal.ReadPending, cancellationToken).ConfigureAwait(false);
        WarnOfDamage(content);
        JournalEntry[] open = [.. content.Entries.Where(e => records.IsOurs(e) && isWanted(e))];
        foreach (JournalEntry entry in open.Where(e => e.PredictionId is not null))
        {
            if (entry.State == JournalState.Completed && clock.GetUtcNow() - SentAt(entry) > s_kept)
            {
                await journal.AppendClosedAsync(entry.JournalId, "Its results were not saved, and are no longer kept.").ConfigureAwait(false);
            }
            else
            {
                yield return new PendingTask(entry, entry.ToPrediction(), null);
            }
        }

        foreach (IGrouping<string, JournalEntry> group in open.Where(e => e.PredictionId is null && !IsInHand(e)).GroupBy(e => e.Model ?? ""))
        {
            foreach (PendingTask settled in await SettleAsync(group.Key, [.. group], cancellationToken).ConfigureAwait(false))
            {
                yield return settled;
            }
        }
    }

    private async Task<IReadOnlyList<PendingTask>> SettleAsync(string model, IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string Digest, Prediction Task)> tasks;
        try
        {
            tasks = await _lost.ListAsync(model, entries.Min(SentAt), cancellationToken).ConfigureAwait(false);
        }
        catch (AtlasCloudException exception)
        {
            return [.. entries.Select(e => new PendingTask(e, null, Open(e, $"The history could not be searched for it: {exception.Message}", exception)))];
        }

        List<PendingTask> settled = [];
        HashSet<string> known = await records.KnownIdsAsync().ConfigureAwait(false);

        // Those that find their task first: what is theirs is nobody else's.
        foreach (JournalEntry entry in entries.OrderBy(e => tasks.Any(t => t.Digest == e.Digest) ? 0 : 1))
        {
            // The service may keep a request in other words than it was sent in: a task that nobody here knows could be this one.
            bool hasStranger = tasks.Any(t => TaskRecovery.Fits(t.Task, SentAt(entry)) && !known.Contains(t.Task.Id));
            Prediction[] fits = [.. tasks.Where(t => t.Digest == entry.Digest && TaskRecovery.Fits(t.Task, SentAt(entry)) && !records.IsOwn(t.Task)).Select(t => t.Task)];
            if (fits.Length == 1 && !await records.IsClaimedAsync(fits[0], entry.Digest!, null, entry.JournalId).ConfigureAwait(false))
            {
                await records.RecordRecoveredAsync(entry, fits[0]).ConfigureAwait(false);
                known.Add(fits[0].Id);
                settled.Add(new PendingTask(entry, (entry with { PredictionId = fits[0].Id }).ToPrediction(), null));
            }
            else if (!hasStranger && clock.GetUtcNow() - SentAt(entry) > Certain)
            {
                await records.RecordClosedAsync(entry, "The history of the account shows no such task.").ConfigureAwait(false);
                AtlasCloudLog.Verbose($"The request to {model} of {SentAt(entry):u} never became a task: the history shows none, so it is no longer pending.");
            }
            else if (clock.GetUtcNow() - SentAt(entry) > s_remembered)
            {
                await records.Journal!.AppendClosedAsync(entry.JournalId, "Which task it became could not be told.").ConfigureAwait(false);
            }
            else
            {
                string why = (fits.Length, hasStranger) switch
                {
                    ( > 0, _) => "Several tasks in the history fit it, and which is which cannot be told.",
                    (_, true) => "The history shows tasks of that time that nobody here knows, but none with this content.",
                    _ => "The history shows no such task yet. If it shows none a while later, it was never accepted.",
                };
                settled.Add(new PendingTask(entry, null, Open(entry, why, null)));
            }
        }

        return settled;
    }

    // Whoever sent it may still be waiting for the answer.
    private bool IsInHand(JournalEntry entry) => records.IsInFlight(entry)
        || (entry.State == JournalState.Intent && entry.ProcessId != Environment.ProcessId && clock.GetUtcNow() - SentAt(entry) < s_fresh && IsRunning(entry));

    private static bool IsRunning(JournalEntry entry) =>
        entry.Machine != Environment.MachineName || (entry.ProcessId is int process && RunningProcess.Is(process));

    private JournalFile Journal() => records.Journal ?? throw new AtlasCloudException(
        AtlasCloudErrorKind.InvalidParameter, "This session keeps no journal, so nothing is known about earlier requests.")
    {
        RecommendedAction = "Use Get-AtlasPrediction -History, or a session with a -JournalPath.",
    };

    private void WarnOfDamage(JournalContent content)
    {
        if (content.DamagedLines > 0)
        {
            AtlasCloudLog.Warning($"{content.DamagedLines} lines of the journal {SafeText.Sanitize(records.Journal!.Path)} cannot be read and are left out.");
        }
    }

    private static DateTimeOffset SentAt(JournalEntry entry) => entry.SentAt ?? entry.CreatedAt ?? DateTimeOffset.MinValue + TaskRecovery.Skew;

    private static AtlasCloudException Open(JournalEntry entry, string why, Exception? inner) =>
        new(AtlasCloudErrorKind.SubmitOutcomeUnknown, $"What became of the request to {entry.Model} of {SentAt(entry):u} is not known. {why}", inner)
        {
            Target = entry,
            RecommendedAction = $"Look for it with Get-AtlasPrediction -History -Model {entry.Model}, or ask again later: Get-AtlasPrediction -Pending.",
        };
}
