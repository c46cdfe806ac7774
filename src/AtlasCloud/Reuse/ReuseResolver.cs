using AtlasCloud.Journal;
using AtlasCloud.Predictions;
using AtlasCloud.Submission;

namespace AtlasCloud.Reuse;

/// <summary>Determines the state of an earlier request, and turns it into the result of the current one.</summary>
internal sealed class ReuseResolver(JournalDigestIndex index, PredictionSubmitter submitter, PredictionPoller poller)
{
    // A submit can wait minutes for its turn and for retries, but not longer than this in practice.
    private static readonly TimeSpan s_maxWait = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_maxDelay = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _clock = submitter.Clock;

    /// <summary>Whether an entry may belong to a paid request to this service, from this account.</summary>
    internal bool IsUsable(JournalEntry entry) =>
        submitter.Records.IsOurs(entry) && submitter.Records.IsOwnAccount(entry) != false
        && entry.State switch
        {
            JournalState.Intent or JournalState.Unknown => true,
            JournalState.InFlight or JournalState.Succeeded or JournalState.Saved => entry.PredictionId is not null,
            _ => IsPaidAndClosed(entry),
        };

    /// <summary>Whether an entry is not older than the maximum age.</summary>
    internal bool IsWithin(JournalEntry entry, TimeSpan? age) => age is null || _clock.GetUtcNow() - entry.LastSentAt <= age;

    /// <summary>Returns what can be reused of an earlier request. Sends nothing to the service.</summary>
    internal ReuseState GetState(JournalEntry entry) => entry.State switch
    {
        JournalState.Intent or JournalState.Unknown => InFlightEntries.Contains(entry, _clock.GetUtcNow()) ? ReuseState.Reserved : ReuseState.Lost,
        _ when IsPaidAndClosed(entry) => ReuseState.Unavailable,
        _ when entry.PredictionId is null => ReuseState.Unusable,
        JournalState.InFlight => ReuseState.InFlight,
        JournalState.Saved when SavedOutputs.Find(entry) is not null => ReuseState.Saved,
        JournalState.Saved or JournalState.Succeeded => entry.IsExpired ? ReuseState.Unavailable : ReuseState.Finished,
        _ => ReuseState.Unusable,
    };

    /// <summary>Reads the entry again if its state can have changed.</summary>
    internal JournalEntry Refresh(JournalEntry entry) =>
        entry.State is JournalState.Intent or JournalState.Unknown or JournalState.InFlight ? index.Find(entry.JournalId) ?? entry : entry;

    /// <summary>Turns an earlier request into a decision.</summary>
    /// <param name="entry">The earlier request.</param>
    /// <param name="request">The current request.</param>
    /// <param name="cancellationToken">Cancels waiting and reading.</param>
    /// <returns>The decision; null if the earlier request has no result, so that another one must be found.</returns>
    /// <exception cref="AtlasCloudException">SubmitOutcomeUnknown: it may have been paid. DownloadIncomplete: its result is no longer available. Others: the service did not respond.</exception>
    internal async Task<ReuseDecision?> ResolveAsync(JournalEntry entry, ReuseRequest request, CancellationToken cancellationToken)
    {
        entry = Refresh(entry);
        if (entry.PredictionId is null && GetState(entry) == ReuseState.Reserved)
        {
            entry = await WaitForSubmitAsync(entry, request, cancellationToken).ConfigureAwait(false);
        }

        if (GetState(entry) == ReuseState.Lost)
        {
            // The submit may have ended between reading the entry and looking whether it is in flight.
            entry = Refresh(entry);
        }

        if (SavedOutputs.Find(entry) is IReadOnlyList<Output> saved)
        {
            return TakeSaved(entry, request, saved);
        }

        switch (GetState(entry))
        {
            case ReuseState.Unavailable:
                throw ReuseErrors.ResultGone(entry);
            case ReuseState.Lost:
                return await SettleAsync(entry, request, cancellationToken).ConfigureAwait(false);
            case ReuseState.InFlight when !IsPastOutputLifetime(entry):
                return new ReuseDecision(ReuseAction.Resume, "it is in flight") { Entry = entry, Prediction = request.Adopt(entry) };
            case ReuseState.InFlight or ReuseState.Finished or ReuseState.Saved:
                return await ReadAsync(entry, request, cancellationToken).ConfigureAwait(false);
            case ReuseState.Reserved:
                throw SubmissionErrors.NotSettled(request.Name(entry), "It is being submitted.", null);
            default:
                return null;
        }
    }

    /// <summary>Describes the decision that <see cref="ResolveAsync"/> most likely makes, without waiting and without a request.</summary>
    /// <exception cref="AtlasCloudException">DownloadIncomplete: the result is no longer available.</exception>
    internal ReuseDecision? Preview(JournalEntry entry) => GetState(entry = Refresh(entry)) switch
    {
        ReuseState.Saved => new ReuseDecision(ReuseAction.Reuse, $"saved in '{(entry.Files.FirstOrDefault(f => f.IsUnchanged) ?? entry.Files[0]).Path}'") { Entry = entry },
        ReuseState.Finished when !IsPastOutputLifetime(entry) => new ReuseDecision(ReuseAction.Reuse, "it has finished") { Entry = entry },
        ReuseState.InFlight => new ReuseDecision(ReuseAction.Resume, "it is in flight") { Entry = entry },
        ReuseState.Reserved => new ReuseDecision(ReuseAction.Resume, "another process is submitting it") { Entry = entry },
        ReuseState.Lost => new ReuseDecision(ReuseAction.Resume, "its outcome is unknown, so the history is searched for it first") { Entry = entry },
        ReuseState.Unusable => null,
        _ => throw ReuseErrors.ResultGone(entry),
    };

    private static bool IsPaidAndClosed(JournalEntry entry) =>
        entry.State == JournalState.Closed && PredictionReader.GetState(entry.Status) == PredictionState.Succeeded;

    private bool IsPastOutputLifetime(JournalEntry entry) => _clock.GetUtcNow() - entry.LastSentAt > PredictionRecords.MaxOutputLifetime;

    private static ReuseDecision TakeSaved(JournalEntry entry, ReuseRequest request, IReadOnlyList<Output> outputs) => new(ReuseAction.Reuse, "its outputs are saved")
    {
        Entry = entry,
        Prediction = request.Adopt(entry) with { State = PredictionState.Succeeded, Outputs = outputs, Files = [.. entry.Files.Where(f => f.IsUnchanged)] },
    };

    // Another process cannot signal, so the journal is polled.
    private async Task<JournalEntry> WaitForSubmitAsync(JournalEntry entry, ReuseRequest request, CancellationToken cancellationToken)
    {
        AtlasCloudLog.Verbose($"Another run is submitting the same request to {entry.Model}. Waiting for its prediction.");
        long start = _clock.GetTimestamp();
        for (TimeSpan delay = s_firstDelay; GetState(entry) == ReuseState.Reserved; delay = delay < s_maxDelay ? delay * 1.5 : s_maxDelay)
        {
            if (_clock.GetElapsedTime(start) > s_maxWait)
            {
                throw SubmissionErrors.NotSettled(request.Name(entry), $"The process that submits it has not received a response for {s_maxWait.TotalMinutes:0} minutes.", null);
            }

            await Task.Delay(delay, _clock, cancellationToken).ConfigureAwait(false);
            entry = Refresh(entry);
        }

        return entry;
    }

    private async Task<ReuseDecision?> SettleAsync(JournalEntry entry, ReuseRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyList<PendingTask> settled = await submitter.Recovery.SettleAsync([request.Name(entry)], cancellationToken).ConfigureAwait(false);
        PendingTask? task = settled.Count > 0 ? settled[0] : null;
        if (task?.Failure is AtlasCloudException failure)
        {
            throw failure;
        }

        return task?.Prediction is not Prediction found ? null : new ReuseDecision(ReuseAction.Resume, "its task was found in the history")
        {
            Entry = entry,
            Prediction = request.Adopt(entry with { PredictionId = found.Id }),
        };
    }

    private async Task<ReuseDecision?> ReadAsync(JournalEntry entry, ReuseRequest request, CancellationToken cancellationToken)
    {
        Prediction current;
        try
        {
            current = await poller.GetAsync(request.Adopt(entry), cancellationToken).ConfigureAwait(false);
        }
        catch (AtlasCloudException exception) when (exception.Kind == AtlasCloudErrorKind.PredictionNotFound)
        {
            return entry.State == JournalState.InFlight ? null : throw ReuseErrors.ResultGone(entry);
        }

        return current switch
        {
            { State: PredictionState.Succeeded, HasResult: true } when !IsPastOutputLifetime(entry) => new ReuseDecision(ReuseAction.Reuse, "it has finished") { Entry = entry, Prediction = current },
            { State: PredictionState.InFlight } => new ReuseDecision(ReuseAction.Resume, "it is in flight") { Entry = entry, Prediction = current },
            { State: PredictionState.Failed } when entry.State == JournalState.InFlight => null,
            _ => throw ReuseErrors.ResultGone(entry),
        };
    }
}
