namespace AtlasCloud.Predictions;

/// <summary>A prediction with the time it has been watched, measured by the monotonic clock.</summary>
internal sealed class WatchedPrediction(Prediction prediction, long since, TimeSpan limit)
{
    // A last poll long after the limit means that the machine was asleep: the network may need that long to come back.
    private static readonly TimeSpan s_wakeUpTime = TimeSpan.FromSeconds(30);

    private long? _finishedAt;
    private long? _lastPollAt;

    internal Prediction Prediction { get; set; } = prediction;

    internal TimeSpan Limit { get; } = limit;

    /// <summary>Whether a poll has started at or after the limit.</summary>
    internal bool IsLastPollDone => _lastPollAt is not null;

    internal TimeSpan GetAge(TimeProvider clock) => clock.GetElapsedTime(since);

    /// <summary>How long it has been known to be finished, counted from the first call.</summary>
    internal TimeSpan GetTimeSinceFinished(TimeProvider clock) => clock.GetElapsedTime(_finishedAt ??= clock.GetTimestamp());

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
}
