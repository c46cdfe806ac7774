using System.Runtime.CompilerServices;
using AtlasCloud.Journal;
using AtlasCloud.Predictions;
using AtlasCloud.Text;

namespace AtlasCloud.Submission;

/// <summary>Lists what the journal has open. Lost answers are looked up in the account's history.</summary>
internal sealed class PendingPredictions(TaskRecovery recovery, PredictionRecords records, TimeProvider clock)
{
    // The service keeps results for two weeks at most.
    private static readonly TimeSpan s_resultLifetime = TimeSpan.FromDays(15);

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
        foreach (JournalEntry entry in open.Where(IsOtherAccount))
        {
            yield return new PendingTask(entry, null, SubmissionErrors.OtherAccount(entry));
        }

        open = [.. open.Where(e => !IsOtherAccount(e))];

        // Newest first, as in the history. Lost answers follow, since looking them up takes time.
        foreach (JournalEntry entry in open.Reverse().Where(e => e.PredictionId is not null))
        {
            if (await IsExpiredAsync(entry, cancellationToken).ConfigureAwait(false))
            {
                await journal.AppendClosedAsync(entry.JournalId, "The results were not saved and have expired.").ConfigureAwait(false);
                AtlasCloudLog.Warning($"Prediction {entry.PredictionId} is no longer pending: its outputs were not saved and have expired.");
            }
            else
            {
                yield return new PendingTask(entry, entry.ToPrediction(), null);
            }
        }

        DateTimeOffset now = clock.GetUtcNow();
        JournalEntry[] lost = [.. open.Where(e => e.PredictionId is null && !InFlightEntries.Contains(e, now))];
        lost = lost.Length == 0 ? [] : await ExcludeSettledAsync(journal, lost, cancellationToken).ConfigureAwait(false);
        foreach (PendingTask settled in lost.Length == 0 ? [] : await recovery.SettleAsync(lost, cancellationToken).ConfigureAwait(false))
        {
            yield return settled;
        }
    }

    // A request that is no longer in flight may have ended since the journal was read. Its outcome was recorded before.
    private static async Task<JournalEntry[]> ExcludeSettledAsync(JournalFile journal, JournalEntry[] entries, CancellationToken cancellationToken)
    {
        JournalContent content = await Task.Run(journal.ReadPending, cancellationToken).ConfigureAwait(false);
        HashSet<string> open = content.Entries.Where(e => e.PredictionId is null).Select(e => e.JournalId).ToHashSet(StringComparer.Ordinal);
        return [.. entries.Where(e => open.Contains(e.JournalId))];
    }

    private bool IsOtherAccount(JournalEntry entry) => records.IsOwnAccount(entry) == false;

    // The service is asked for its time only if this machine's clock says that the results have expired.
    private async Task<bool> IsExpiredAsync(JournalEntry entry, CancellationToken cancellationToken) =>
        entry.State == JournalState.Succeeded && !(clock.GetUtcNow() - entry.LastSentAt <= s_resultLifetime)
        && await recovery.IsOlderThanAsync(s_resultLifetime, entry, await recovery.GetServiceTimeAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);

    private void WarnOfDamage(JournalContent content)
    {
        if (content.DamagedLines > 0)
        {
            AtlasCloudLog.Warning($"The journal {SafeText.Sanitize(records.Journal!.Path)} contains {content.DamagedLines} damaged line(s), which are ignored.");
        }
    }
}
