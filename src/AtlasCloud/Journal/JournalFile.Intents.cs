namespace AtlasCloud.Journal;

/// <content>Records requests before they are sent.</content>
internal sealed partial class JournalFile
{
    /// <summary>Records that a request is about to be sent. Returns the entry, even if it could not be written.</summary>
    /// <exception cref="OperationCanceledException">Cancelled. The request must not be sent; the entry is recorded as refused.</exception>
    internal async Task<JournalEntry> AppendIntentAsync(JournalIntent intent, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        DateTimeOffset now = _clock.GetUtcNow();
        JournalRecord line = intent.ToLine(JournalKey.NewId(now), now);
        Task<bool> written = AppendAsync(line);
        try
        {
            await written.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await RefuseCancelledAsync(line.Entry!).ConfigureAwait(false);
            throw;
        }

        return JournalEntryBuilder.Build([line.ToBytes()], JournalState.Intent)!;
    }

    // A cancelled caller does not wait for the disk. The disposal of the client does.
    private async Task RefuseCancelledAsync(string journalId)
    {
        Task refused = AppendRefusedAsync(journalId, "It was cancelled before it was sent.");
        if (!_background.TryTrack("Writing to the journal", refused))
        {
            await refused.ConfigureAwait(false);
        }
    }

    /// <summary>Records that a request is about to be sent if a condition holds at that moment, while no other process writes.</summary>
    /// <returns>The entry, which is on disk; null if the condition does not hold.</returns>
    /// <exception cref="IOException">The entry could not be written. The request must not be sent. Other exceptions of the file system have the same meaning.</exception>
    /// <exception cref="OperationCanceledException">Cancelled. The request must not be sent; the entry is recorded as refused.</exception>
    internal async Task<JournalEntry?> TryAppendIntentAsync(JournalIntent intent, JournalCondition condition, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        DateTimeOffset now = _clock.GetUtcNow();
        JournalRecord line = intent.ToLine(JournalKey.NewId(now), now);
        byte[] bytes = ToBytes(line);
        Task<JournalWriter.Result> written = _writer.TryAppendAsync(bytes, file => condition(line.Entry!, file));
        JournalWriter.Result result;
        try
        {
            result = await written.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await RefuseCancelledAsync(line.Entry!).ConfigureAwait(false);
            throw;
        }

        if (result.Failure is Exception failure)
        {
            throw new IOException(failure.Message, failure);
        }

        CompactIfGrown();
        return result.IsWritten ? JournalEntryBuilder.Build([bytes], JournalState.Intent) : null;
    }
}
