using AtlasCloud.Background;
using AtlasCloud.Text;

namespace AtlasCloud.Journal;

/// <summary>
/// The file in which each request that may cost money leaves its traces before and after it is sent, so that no crash loses a result.
/// Many threads and processes write it at once. Nothing that goes wrong with it stops paid work: that is said once, and the work goes on.
/// </summary>
internal sealed class JournalFile : IAsyncDisposable
{
    /// <summary>The name of the file that processes lock among themselves, behind the journal's own.</summary>
    internal const string LockSuffix = ".lock";

    /// <summary>The name of the file for what compaction takes out, behind the journal's own.</summary>
    internal const string ArchiveSuffix = ".archive";

    /// <summary>The most of a label that is kept.</summary>
    internal const int TextLength = 1000;

    private readonly JournalLimits _limits;
    private readonly TimeProvider _clock;
    private readonly JournalWriter _writer;
    private readonly BackgroundWork _background;
    private long _calmUntil;
    private int _isCompacting;
    private int _hasWarned;

    private JournalFile(string path, TimeProvider clock, JournalLimits limits, BackgroundWork background)
    {
        (Path, _clock, _limits, _background) = (path, clock, limits, background);
        _writer = new JournalWriter(path, limits, clock);
        _calmUntil = limits.CompactBytes;
    }

    /// <summary>The full path of the file.</summary>
    internal string Path { get; }

    /// <summary>How often this journal has flushed.</summary>
    internal int Flushes => _writer.Batches;

    /// <summary>The compaction that this journal started last.</summary>
    internal Task Compaction { get; private set; } = Task.CompletedTask;

    /// <summary>The journal at this path, which need not be there yet; null where the path is empty or can be none, which is warned of.</summary>
    internal static JournalFile? Open(string? path, TimeProvider clock, JournalLimits? limits = null, BackgroundWork? background = null)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            return null;
        }

        try
        {
            string full = System.IO.Path.GetFullPath(path);

            // Processes that come through a link and others that do not must meet at one lock.
            FileInfo file = new(full);
            string meant = (file.Exists ? file.ResolveLinkTarget(returnFinalTarget: true)?.FullName : null) ?? full;
            return new JournalFile(meant, clock, limits ?? new JournalLimits(), background ?? new BackgroundWork());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            AtlasCloudLog.Warning($"There is no journal: {SafeText.Sanitize(exception.Message)} If this process ends early, look for its results in the history.");
            return null;
        }
    }

    /// <summary>Writes that a request is about to be sent. The entry comes back even if it could not be written.</summary>
    /// <exception cref="OperationCanceledException">It will not be sent, and the journal says so.</exception>
    internal async Task<JournalEntry> AppendIntentAsync(JournalIntent intent, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        DateTimeOffset now = _clock.GetUtcNow();
        JournalLine line = intent.ToLine(JournalKey.NewId(now), now);
        Task<bool> written = AppendAsync(line);
        try
        {
            await written.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Who stops does not wait for the disk; the disposal of the client does.
            Task refused = AppendRefusedAsync(line.Entry!, "It was stopped before it was sent.");
            if (!_background.TryTrack("Writing to the journal", refused))
            {
                await refused.ConfigureAwait(false);
            }

            throw;
        }

        return JournalEntryBuilder.Build([line.ToBytes()], JournalState.Intent)!;
    }

    /// <summary>Records the ID that the service assigned, or that was found in its history. True once it is on disk; the same holds for the methods below.</summary>
    internal Task<bool> AppendIdAsync(string journalId, JournalUpdate update) => AppendAsync(Line(JournalEvent.Id, journalId) with
    {
        Prediction = update.PredictionId,
        Sent = update.SentAt,

        // Repeated in case the line before is lost.
        Model = update.Model,
        Kind = update.Kind?.ToString(),
        Status = update.Status,
    });

    /// <summary>Writes that it was sent and that nobody knows what became of it.</summary>
    internal Task<bool> AppendUnknownAsync(string journalId, DateTimeOffset sent, string why) =>
        AppendAsync(Line(JournalEvent.Unknown, journalId) with { Sent = sent, Reason = SafeText.Sanitize(why) });

    /// <summary>Writes that it was not taken, or not sent at all, and costs nothing.</summary>
    internal Task<bool> AppendRefusedAsync(string journalId, string why) =>
        AppendAsync(Line(JournalEvent.Refused, journalId) with { Reason = SafeText.Sanitize(why) });

    /// <summary>Records the status of the prediction.</summary>
    /// <param name="journalId">The entry.</param>
    /// <param name="outcome">Completed, Failed, or Status while it is in flight.</param>
    /// <param name="update">What is known about it.</param>
    internal Task<bool> AppendStatusAsync(string journalId, JournalEvent outcome, JournalUpdate update) => AppendAsync(Line(outcome, journalId) with
    {
        Prediction = update.PredictionId,
        Status = update.Status,
        Reason = update.Reason is null ? null : SafeText.Sanitize(update.Reason),
        Price = update.Price,
        Currency = update.Price is null ? null : update.Currency,
    });

    /// <summary>Writes which files are on disk, and whether that is everything there is to save.</summary>
    internal Task<bool> AppendSavedAsync(string journalId, IEnumerable<SavedFile> files, bool isComplete) =>
        AppendAsync(Line(isComplete ? JournalEvent.Saved : JournalEvent.Files, journalId) with
        {
            Files = [.. files.Select(f => new JournalLineFile(f.Path, f.Length, f.Sha256))],
        });

    /// <summary>Writes that nothing is left to collect, as when the result is gone or the user says so.</summary>
    internal Task<bool> AppendClosedAsync(string journalId, string why) =>
        AppendAsync(Line(JournalEvent.Closed, journalId) with { Reason = SafeText.Sanitize(why) });

    /// <summary>All entries, the oldest first. Empty, with a warning, where the file cannot be read.</summary>
    internal JournalContent ReadEntries() => Read(_ => true);

    /// <summary>The entries of which something may still have to be collected.</summary>
    internal JournalContent ReadPending() => Read(JournalStates.IsOpen);

    /// <summary>Cancels a compaction that has changed nothing yet, and completes when every line is on disk. Lines can still be appended.</summary>
    public async ValueTask DisposeAsync()
    {
        await _background.CloseAsync().ConfigureAwait(false);
        await _writer.Idle.ConfigureAwait(false);
    }

    /// <summary>Compacts it now if nobody else does. Says whether it did; a failure is told and changes nothing.</summary>
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

    private JournalLine Line(JournalEvent said, string journalId) =>
        new() { Event = JournalHeader.WordOf(said), Entry = journalId, At = _clock.GetUtcNow() };

    private JournalContent Read(Func<JournalState, bool> isWanted)
    {
        try
        {
            return JournalReader.Read(Path, _limits, isWanted);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            AtlasCloudLog.Warning($"The journal {SafeText.Sanitize(Path)} cannot be read: {SafeText.Sanitize(exception.Message)}");
            return JournalContent.Empty;
        }
    }

    private async Task<bool> AppendAsync(JournalLine line)
    {
        byte[] bytes = line.ToBytes();
        if (bytes.Length > _limits.LineBytes)
        {
            // A prompt can have any length; what is left then is not worth failing for.
            bytes = (line with { Prompt = null, Files = null }).ToBytes();
        }

        Exception? fault = await _writer.AppendAsync(bytes).ConfigureAwait(false);
        if (fault is null)
        {
            _hasWarned = 0;
            CompactIfGrown();
            return true;
        }

        if (Interlocked.Exchange(ref _hasWarned, 1) == 0)
        {
            AtlasCloudLog.Warning(
                $"The journal {SafeText.Sanitize(Path)} cannot be written: {SafeText.Sanitize(fault.Message)} The work goes on without it; "
                + "if this process ends early, look for its results in the history.");
        }

        return false;
    }

    // In the background: nobody who pays waits for it.
    private void CompactIfGrown()
    {
        if (_writer.Length > Volatile.Read(ref _calmUntil) && Interlocked.Exchange(ref _isCompacting, 1) == 0)
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
            long grown = _writer.Length;
            bool isDue = grown > 2 * JournalReader.CompactedSize(Path);
            bool isDone = !isDue || await CompactAsync(cancellationToken).ConfigureAwait(false);
            long calm = isDone ? 2 * JournalReader.CompactedSize(Path) : grown + (_limits.CompactBytes / 2);
            Volatile.Write(ref _calmUntil, Math.Max(_limits.CompactBytes, calm));
        }
        finally
        {
            Volatile.Write(ref _isCompacting, 0);
        }
    }
}
