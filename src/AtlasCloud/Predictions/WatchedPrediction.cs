namespace AtlasCloud.Predictions;

/// <summary>A prediction with the time it has been watched, measured by the monotonic clock.</summary>
internal sealed class WatchedPrediction(Prediction prediction, long since, TimeSpan limit, TimeSpan? priceTimeout)
{
    // The price is often published shortly after the result. Only callers with a cost limit wait for it.
    private static readonly TimeSpan s_priceTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_priceInterval = TimeSpan.FromSeconds(0.5);

    // A last poll long after the limit means that the machine was asleep: the network may need that long to come back.
    private static readonly TimeSpan s_wakeUpTime = TimeSpan.FromSeconds(30);

    // Inconclusive responses do not count as a second look, but not without end.
    private const int MaxSecondLooks = 3;

    private int _looks;
    private long? _finishedAt;
    private long? _lastPollAt;

    internal Prediction Prediction { get; private set; } = prediction;

    internal TimeSpan Limit { get; } = limit;

    /// <summary>Why the last poll got no status; null if it got one.</summary>
    internal AtlasCloudException? LastFailure { get; private set; }

    /// <summary>Whether any poll got a status.</summary>
    internal bool IsAnswered { get; private set; }

    /// <summary>Whether a poll has started at or after the limit.</summary>
    internal bool IsLastPollDone => _lastPollAt is not null;

    internal TimeSpan GetAge(TimeProvider clock) => clock.GetElapsedTime(since);

    /// <summary>The predictions of the same model; null if its polls do not depend on others.</summary>
    internal ModelGroup? Group { get; set; }

    /// <summary>Whether it is polled as if it were alone, also if there are many of its model.</summary>
    internal bool IsScout { get; set; }

    /// <summary>The time since the submit; the same as <see cref="GetAge"/> for a prediction of another process.</summary>
    internal TimeSpan GetRunTime(TimeProvider clock) => Prediction.SubmittedTimestamp is long submitted ? clock.GetElapsedTime(submitted) : GetAge(clock);

    /// <summary>The time from the submit until it was seen to have finished.</summary>
    internal TimeSpan GetFinalRunTime(TimeProvider clock) => GetRunTime(clock) - GetTimeSinceFinished(clock);

    /// <summary>Whether it has finished and is held back until its settled price is known.</summary>
    internal bool AwaitsPrice(TimeProvider clock) =>
        Prediction is { State: PredictionState.Succeeded, Price: null } && GetTimeSinceFinished(clock) < PriceTimeout;

    /// <summary>Whether its last known outcome counts: it needs no second look, or had its looks.</summary>
    internal bool IsConfirmed => !Prediction.NeedsSecondLook || _looks > MaxSecondLooks;

    /// <summary>Takes over the response of a poll; null if it was inconclusive, with the reason if it reached no working service.</summary>
    internal void Update(Prediction? current, AtlasCloudException? failure)
    {
        LastFailure = failure;
        IsAnswered |= current is not null;
        bool wasSecondLook = Prediction.NeedsSecondLook;
        Prediction = current ?? Prediction;
        _looks = !Prediction.NeedsSecondLook ? 0 : wasSecondLook && current is not null ? MaxSecondLooks + 1 : _looks + 1;
    }

    /// <summary>Time until the second look, or until the next poll for the price, growing each time; null for a prediction in flight.</summary>
    internal TimeSpan? GetFinalInterval(TimeProvider clock)
    {
        if (!Prediction.IsFinished)
        {
            return null;
        }

        if (Prediction.NeedsSecondLook)
        {
            return PredictionPoller.SecondLookDelay * Math.Max(1, _looks);
        }

        TimeSpan waited = GetTimeSinceFinished(clock);
        TimeSpan left = PriceTimeout - waited;
        TimeSpan next = waited > s_priceInterval ? waited : s_priceInterval;
        return next < left ? next : left;
    }

    internal void BeginPoll(TimeProvider clock)
    {
        // A poll that is due at the limit can start a tick early.
        if (GetAge(clock) >= Limit - TimeSpan.FromMilliseconds(1))
        {
            _lastPollAt ??= clock.GetTimestamp();
        }
    }

    /// <summary>
    /// Whether the limit has passed and a poll that started after it found the prediction in flight. After a sleep of the machine or the process an answer
    /// is awaited for a short time.
    /// </summary>
    internal bool IsTimedOut(TimeProvider clock, bool isAnswered) => _lastPollAt is long first
        && (isAnswered || clock.GetElapsedTime(since, first) - Limit < s_wakeUpTime || clock.GetElapsedTime(first) >= s_wakeUpTime);

    private TimeSpan PriceTimeout => priceTimeout ?? (Prediction.Quote is null ? TimeSpan.Zero : s_priceTimeout);

    // Counted from the first call.
    private TimeSpan GetTimeSinceFinished(TimeProvider clock) => clock.GetElapsedTime(_finishedAt ??= clock.GetTimestamp());
}
