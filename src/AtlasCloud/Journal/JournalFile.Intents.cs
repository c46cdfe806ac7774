namespace AtlasCloud.Journal;

/// <content>Records requests before they are sent.</content>
internal sealed partial class JournalFile
{
    /// <summary>Records that a request is about to be sent. Returns the entry, even if it could not be written.</summary>
    /// <param name="intent">The request.</param>
    /// <param name="onNotSent">Called after a cancellation, once the entry is recorded as refused or could not be recorded.</param>
    /// <param name="cancellationToken">Cancels the submit.</param>
    /// <exception cref="OperationCanceledException">Canceled. The request must not be sent; the entry is recorded as refused.</exception>
    internal async Task<JournalEntry> AppendIntentAsync(JournalIntent intent, Action? onNotSent, CancellationToken cancellationToken)
    {
        JournalRecord line = CreateIntentLine(intent, onNotSent, cancellationToken);
        _ = await WaitAsync(AppendAsync(line), line.Entry!, onNotSent, cancellationToken).ConfigureAwait(false);
        return JournalEntryBuilder.Build([line.ToBytes()], JournalState.Intent)!;
    }

    /// <summary>Records that a request is about to be sent if a condition holds at that moment, while no other process writes.</summary>
    /// <param name="intent">The request.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="onNotSent">Called after a cancellation, once the entry is recorded as refused or could not be recorded.</param>
    /// <param name="cancellationToken">Cancels the submit.</param>
    /// <returns>The entry, which is on disk; null if the condition does not hold.</returns>
    /// <exception cref="IOException">The entry could not be written. The request must not be sent. Other exceptions of the file system have the same meaning.</exception>
    /// <exception cref="OperationCanceledException">Canceled. The request must not be sent; the entry is recorded as refused.</exception>
    internal async Task<JournalEntry?> TryAppendIntentAsync(JournalIntent intent, JournalCondition condition, Action? onNotSent, CancellationToken cancellationToken)
    {
        JournalRecord line = CreateIntentLine(intent, onNotSent, cancellationToken);
        byte[] bytes = ToBytes(line);
        Task<JournalWriter.Result> written = _writer.TryAppendAsync(bytes, file => condition(line.Entry!, file));
        JournalWriter.Result result = await WaitAsync(written, line.Entry!, onNotSent, cancellationToken).ConfigureAwait(false);
        if (result.Failure is Exception failure)
        {
            throw new IOException(failure.Message, failure);
        }

        CompactIfGrown();
        return result.IsWritten ? JournalEntryBuilder.Build([bytes], JournalState.Intent) : null;
    }

    private JournalRecord CreateIntentLine(JournalIntent intent, Action? onNotSent, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            onNotSent?.Invoke();
            throw new OperationCanceledException(cancellationToken);
        }

        DateTimeOffset now = _clock.GetUtcNow();
        return intent.ToLine(intent.EntryId ?? JournalKey.NewId(now), now);
    }

    private async Task<T> WaitAsync<T>(Task<T> written, string journalId, Action? onNotSent, CancellationToken cancellationToken)
    {
        try
        {
            return await written.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await WaitBrieflyAsync(RefuseCanceledAsync(journalId, onNotSent)).ConfigureAwait(false);
            throw;
        }
    }

    private async Task RefuseCanceledAsync(string journalId, Action? onNotSent)
    {
        await AppendRefusedAsync(journalId, "It was canceled before it was sent.").ConfigureAwait(false);
        onNotSent?.Invoke();
    }

    // So that the next command finds the line in the journal. A caller that was canceled does not wait for a slow disk or for another process: the disposal of
    // the client does.
    private async Task WaitBrieflyAsync(Task refused)
    {
        bool isTracked = _background.TryTrack("Writing to the journal", refused);
        await (isTracked ? refused.WaitAsync(_limits.CancelTimeout, _limits.LockClock) : refused).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
