using System.Runtime.CompilerServices;
using AtlasCloud.Journal;
using AtlasCloud.Predictions;
using AtlasCloud.Storage;
using AtlasCloud.Text;

namespace AtlasCloud.Submission;

/// <summary>Lists what the journal has open. Lost answers are looked up in the account's history.</summary>
internal sealed class PendingPredictions(TaskRecovery recovery, PredictionRecords records, TimeProvider clock)
{
    // The service keeps results for two weeks at most.
    private static readonly TimeSpan s_resultLifetime = TimeSpan.FromDays(15);

    // Within this time the process that wrote an intent is most likely waiting for the answer.
    private static readonly TimeSpan s_inFlightTime = TimeSpan.FromMinutes(2);

    /// <summary>All entries of this service, oldest first.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: no journal is kept.</exception>
    internal async Task<IReadOnlyList<JournalEntry>> ListAsync(CancellationToken cancellationToken)
    {
        JournalFile journal = records.Journal ?? throw SubmissionErrors.NoJournal();
        JournalContent content = await Task.Run(journal.ReadEntries, cancellationToken).ConfigureAwait(false);
        WarnOfDamage(content);
        return [.. content.Entries.Where(records.IsOurs)];
    }

    /// <summary>The open entries that a filter selects.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: no journal is kept.</exception>
    internal async IAsyncEnumerable<PendingTask> ReadAsync(
        Func<JournalEntry, bool> filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JournalFile journal = records.Journal ?? throw SubmissionErrors.NoJournal();
        JournalContent content = await Task.Run(journal.ReadPending, cancellationToken).ConfigureAwait(false);
        WarnOfDamage(content);
        JournalEntry[] open = [.. content.Entries.Where(e => records.IsOurs(e) && filter(e))];
        foreach (JournalEntry entry in open.Where(e => e.PredictionId is not null))
        {
            if (entry.State == JournalState.Completed && clock.GetUtcNow() - TaskRecovery.SentAt(entry) > s_resultLifetime)
            {
                await journal.AppendClosedAsync(entry.JournalId, "The results were not saved and have expired.").ConfigureAwait(false);
            }
            else
            {
                yield return new PendingTask(entry, entry.ToPrediction(), null);
            }
        }

        foreach (IGrouping<string, JournalEntry> group in open.Where(e => e.PredictionId is null && !IsInFlight(e)).GroupBy(e => e.Model ?? ""))
        {
            foreach (PendingTask settled in await recovery.SettleAsync(group.Key, [.. group], cancellationToken).ConfigureAwait(false))
            {
                yield return settled;
            }
        }
    }

    private bool IsInFlight(JournalEntry entry) => records.IsInFlight(entry)
        || (entry.State == JournalState.Intent && entry.ProcessId != Environment.ProcessId
            && clock.GetUtcNow() - TaskRecovery.SentAt(entry) < s_inFlightTime && IsRunning(entry));

    private static bool IsRunning(JournalEntry entry) =>
        entry.Machine != Environment.MachineName || (entry.ProcessId is int process && RunningProcess.IsRunning(process));

    private void WarnOfDamage(JournalContent content)
    {
        if (content.DamagedLines > 0)
        {
            AtlasCloudLog.Warning($"The journal {SafeText.Sanitize(records.Journal!.Path)} contains {content.DamagedLines} damaged line(s), which are ignored.");
        }
    }
}
