namespace AtlasCloud.Predictions;

/// <summary>A prediction with the time that it has been watched for, on the clock that nobody can set.</summary>
internal sealed class WatchedPrediction(Prediction prediction, long since, TimeSpan limit)
{
    // A last poll that comes much later than the limit comes after a sleep: the network may need as long to wake up.
    private static readonly TimeSpan s_awakening = TimeSpan.FromSeconds(30);

    private long? _finished;
    private long? _lastPolls;

    internal Prediction Prediction { get; set; } = prediction;

    internal TimeSpan Limit { get; } = limit;

    /// <summary>Whether a poll has begun at the limit or behind it.</summary>
    internal bool IsLastPollDone => _lastPolls is not null;

    internal TimeSpan Age(TimeProvider clock) => clock.GetElapsedTime(since);

    /// <summary>How long it has been known to be finished; begins to count with the first question.</summary>
    internal TimeSpan SinceFinished(TimeProvider clock) => clock.GetElapsedTime(_finished ??= clock.GetTimestamp());

    internal void BeginPoll(TimeProvider clock)
    {
        // What is scheduled for the limit can be a tick early.
        if (Age(clock) >= Limit - TimeSpan.FromMilliseconds(1))
        {
            _lastPolls ??= clock.GetTimestamp();
        }
    }

    /// <summary>
    /// Whether the limit has passed and a poll that began behind it brought no end. While the machine slept or the process was stopped
    /// nobody asked, so that then an answer is waited for, though not for long.
    /// </summary>
    internal bool IsOver(TimeProvider clock, bool isAnswered) => _lastPolls is long first
        && (isAnswered || clock.GetElapsedTime(since, first) - Limit < s_awakening || clock.GetElapsedTime(first) >= s_awakening);
}
