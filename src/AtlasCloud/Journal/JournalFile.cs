using AtlasCloud.Background;
using AtlasCloud.Storage;
using AtlasCloud.Text;

namespace AtlasCloud.Journal;

/// <summary>
/// The journal file. Records each billable request before and after it is sent, so that no crash loses a result. Several threads and processes can write
/// concurrently. A failure of the journal never stops paid work: it is logged once as a warning.
/// </summary>
internal sealed partial class JournalFile : IAsyncDisposable
{
    /// <summary>The suffix of the lock file.</summary>
    internal const string LockSuffix = ".lock";

    /// <summary>The suffix of the file for lines that compaction removes.</summary>
    internal const string ArchiveSuffix = ".archive";

    /// <summary>The maximum length of a label, in characters. Longer labels are truncated.</summary>
    internal const int MaxLabelLength = 1000;

    private readonly JournalLimits _limits;
    private readonly TimeProvider _clock;
    private readonly JournalWriter _writer;
    private readonly BackgroundWork _background;
    private long _compactAbove;
    private int _isCompacting;
    private int _hasWarned;

    private JournalFile(string path, TimeProvider clock, JournalLimits limits, BackgroundWork background)
    {
        (Path, _clock, _limits, _background) = (path, clock, limits, background);
        _writer = new JournalWriter(path, limits);
        _compactAbove = limits.MinCompactBytes;
    }

    /// <summary>The full path of the file.</summary>
    internal string Path { get; }

    /// <summary>The number of flushes to disk by this instance.</summary>
    internal int Flushes => _writer.Batches;

    /// <summary>The last compaction that this instance started; completed if there is none.</summary>
    internal Task Compaction { get; private set; } = Task.CompletedTask;

    /// <summary>Opens the journal at a path. The file is created with the first line.</summary>
    /// <returns>The journal; null if the path is empty, or if it is not valid, which is logged as a warning.</returns>
    internal static JournalFile? Open(string? path, TimeProvider clock, JournalLimits? limits = null, BackgroundWork? background = null)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            return null;
        }

        try
        {
            // Processes that open the file through a link must use the same lock as those that do not.
            string target = SpecialFile.ResolveOrdinary(path);
            return new JournalFile(target, clock, limits ?? new JournalLimits(), background ?? new BackgroundWork());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            AtlasCloudLog.Warning($"The journal path is not valid ({SafeText.Sanitize(exception.Message).TrimEnd('.')}), so the journal is disabled. If this process is interrupted, find its predictions in the account history.");
            return null;
        }
    }

    /// <summary>Creates an index of the entries by the digests of their requests. Nothing is read yet.</summary>
    internal JournalDigestIndex CreateDigestIndex() => new(Path, _limits);

    /// <summary>Records the ID that the service assigned, or that was found in its history.</summary>
    /// <returns>True once the line is on disk; false if it could not be written. The methods below return the same.</returns>
    internal Task<bool> AppendIdAsync(string journalId, JournalUpdate update) => AppendAsync(CreateLine(JournalEvent.Id, journalId) with
    {
        Prediction = update.PredictionId,
        Sent = update.SentAt,
        ClockOffset = JournalRecord.ToSeconds(update.ClockOffset),

        // Repeated in case the intent's line is lost.
        Model = update.Model,
        Kind = update.Kind?.ToString(),
        Status = update.Status,
    });

    /// <summary>Records that the request was sent and its outcome is unknown.</summary>
    internal Task<bool> AppendUnknownAsync(string journalId, DateTimeOffset sent, string reason, TimeSpan? clockOffset = null) => AppendAsync(
        CreateLine(JournalEvent.Unknown, journalId) with { Sent = sent, Reason = SafeText.Sanitize(reason), ClockOffset = JournalRecord.ToSeconds(clockOffset) });

    /// <summary>Records when the history was searched for the request without a result, in the service's time. The state does not change.</summary>
    internal Task<bool> AppendSearchedAsync(string journalId, DateTimeOffset searched) =>
        AppendAsync(CreateLine(JournalEvent.Searched, journalId) with { Searched = searched });

    /// <summary>Records that the request was rejected or never sent, and costs nothing.</summary>
    internal Task<bool> AppendRefusedAsync(string journalId, string reason) =>
        AppendAsync(CreateLine(JournalEvent.Refused, journalId) with { Reason = SafeText.Sanitize(reason) });

    /// <summary>Records the status of the prediction.</summary>
    /// <param name="journalId">The entry.</param>
    /// <param name="outcome">Completed, Failed, or Status while it is in flight.</param>
    /// <param name="update">What is known about it.</param>
    internal Task<bool> AppendStatusAsync(string journalId, JournalEvent outcome, JournalUpdate update) => AppendAsync(CreateLine(outcome, journalId) with
    {
        Prediction = update.PredictionId,
        Status = update.Status,
        Reason = update.Reason is null ? null : SafeText.Sanitize(update.Reason),
        Price = update.Price,
        Currency = update.Price is null ? null : update.Currency,
    });

    /// <summary>Records saved files.</summary>
    /// <param name="journalId">The entry.</param>
    /// <param name="files">The files.</param>
    /// <param name="isComplete">Whether all results of the prediction are saved now.</param>
    internal Task<bool> AppendSavedAsync(string journalId, IEnumerable<SavedFile> files, bool isComplete) =>
        AppendAsync(CreateLine(isComplete ? JournalEvent.Saved : JournalEvent.Files, journalId) with
        {
            Files = [.. files.Select(f => new JournalRecordFile(f.Path, f.Length, f.Sha256) { Output = f.Output, Role = f.Role })],
        });

    /// <summary>Records that the URLs of the outputs have expired, also those that the service returned most recently.</summary>
    internal Task<bool> AppendExpiredAsync(string journalId) => AppendAsync(CreateLine(JournalEvent.Expired, journalId));

    /// <summary>Records that nothing will be collected, because the result expired or the caller closed the entry.</summary>
    internal Task<bool> AppendClosedAsync(string journalId, string reason) =>
        AppendAsync(CreateLine(JournalEvent.Closed, journalId) with { Reason = SafeText.Sanitize(reason) });

    /// <summary>Reads all entries, oldest first. Empty, with a warning, if the file cannot be read.</summary>
    internal JournalContent ReadEntries() => Read(_ => true);

    /// <summary>Reads the open entries: those whose result may still have to be collected.</summary>
    internal JournalContent ReadPending() => Read(JournalStates.IsOpen);

    /// <summary>Cancels a compaction that has not changed anything yet, and completes when all lines are on disk. Lines can still be appended.</summary>
    public async ValueTask DisposeAsync()
    {
        await _background.CloseAsync().ConfigureAwait(false);
        await _writer.Idle.ConfigureAwait(false);
    }

    /// <summary>Compacts the journal now, unless another compaction is running. A failure is logged and changes nothing.</summary>
    /// <returns>Whether the journal was compacted.</returns>
    internal async Task<bool> CompactAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await new JournalCompaction(Path, _limits, _clock).RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            AtlasCloudLog.Verbose($"The journal {SafeText.Sanitize(Path)} was not compacted: {SafeText.Sanitize(exception.Message)}");
            return false;
        }
    }

    private JournalRecord CreateLine(JournalEvent @event, string journalId) =>
        new() { Event = JournalLine.FormatEvent(@event), Entry = journalId, At = _clock.GetUtcNow() };

    private JournalContent Read(Func<JournalState, bool> filter)
    {
        try
        {
            return JournalReader.Read(Path, _limits, filter);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            AtlasCloudLog.Warning($"The journal {SafeText.Sanitize(Path)} cannot be read: {SafeText.Sanitize(exception.Message)}");
            return JournalContent.Empty;
        }
    }

    private async Task<bool> AppendAsync(JournalRecord line)
    {
        Exception? failure = await _writer.AppendAsync(ToBytes(line)).ConfigureAwait(false);
        if (failure is null)
        {
            _hasWarned = 0;
            CompactIfGrown();
            return true;
        }

        if (Interlocked.Exchange(ref _hasWarned, 1) == 0)
        {
            AtlasCloudLog.Warning(
                $"Cannot write the journal {SafeText.Sanitize(Path)}: {SafeText.Sanitize(failure.Message)} Requests continue without a journal. "
                + "If this process is interrupted, find its predictions in the account history.");
        }

        return false;
    }

    // The long values are dropped if the line is too long: a shorter line is better than none.
    private byte[] ToBytes(JournalRecord line)
    {
        byte[] bytes = line.ToBytes();
        return bytes.Length > _limits.MaxLineBytes ? (line with { Prompt = null, Files = null }).ToBytes() : bytes;
    }

    // In the background, so that no request waits for it.
    private void CompactIfGrown()
    {
        if (_writer.Length > Volatile.Read(ref _compactAbove) && Interlocked.Exchange(ref _isCompacting, 1) == 0)
        {
            if (_background.Start($"Compacting the journal {SafeText.Sanitize(Path)}", CompactIfDoubledAsync) is Task compaction)
            {
                Compaction = compaction;
            }
            else
            {
                Volatile.Write(ref _isCompacting, 0);
            }
        }
    }

    private async Task CompactIfDoubledAsync(CancellationToken cancellationToken)
    {
        try
        {
            long length = _writer.Length;
            bool isDue = length > 2 * JournalReader.ReadCompactedSize(Path);
            bool isDone = !isDue || await CompactAsync(cancellationToken).ConfigureAwait(false);
            long threshold = isDone ? 2 * JournalReader.ReadCompactedSize(Path) : length + (_limits.MinCompactBytes / 2);
            Volatile.Write(ref _compactAbove, Math.Max(_limits.MinCompactBytes, threshold));
        }
        finally
        {
            Volatile.Write(ref _isCompacting, 0);
        }
    }
}
