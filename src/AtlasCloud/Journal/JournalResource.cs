using AtlasCloud.Predictions;
using AtlasCloud.Submission;

namespace AtlasCloud;

/// <summary>
/// The journal: a file that records each billable request before and after it is sent, so that no crash loses a result. Several processes can share it.
/// </summary>
public sealed class JournalResource
{
    private readonly PredictionRecords _records;
    private readonly PendingPredictions _pending;

    internal JournalResource(PredictionRecords records, PendingPredictions pending) => (_records, _pending) = (records, pending);

    /// <summary>The full path of the file; null if no journal is kept.</summary>
    public string? Path => _records.Journal?.Path;

    /// <summary>Lists all entries of the client's service, oldest first. Makes no request.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter: no journal is kept.</exception>
    public Task<IReadOnlyList<JournalEntry>> ListAsync(CancellationToken cancellationToken = default) => _pending.ListAsync(cancellationToken);

    /// <summary>
    /// Lists requests that may have cost money and whose result was not collected yet, from this and all other processes. For lost answers the account's
    /// history is searched; entries that never became a task are closed.
    /// </summary>
    /// <param name="filter">Selects entries; null for all.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter: no journal is kept.</exception>
    public IAsyncEnumerable<PendingTask> ListPendingAsync(Func<JournalEntry, bool>? filter = null, CancellationToken cancellationToken = default) =>
        _pending.ReadAsync(filter ?? (_ => true), cancellationToken);

    /// <summary>Lists the open predictions without searching the history, newest first; empty without a journal or if it is larger than 16 MiB.</summary>
    public IEnumerable<Prediction> ListOpenPredictions() => _records.FindOpen();

    /// <summary>Closes an entry: its result will not be collected. Neither the task nor its charge is affected.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="reason">Why, for people who read the journal.</param>
    /// <returns>True once it is on disk; false if the journal cannot be written, which is logged as a warning.</returns>
    /// <exception cref="AtlasCloudException">InvalidParameter: no journal is kept.</exception>
    public Task<bool> CloseAsync(JournalEntry entry, string reason) =>
        (_records.Journal ?? throw SubmissionErrors.NoJournal()).AppendClosedAsync(entry.JournalId, reason);
}
