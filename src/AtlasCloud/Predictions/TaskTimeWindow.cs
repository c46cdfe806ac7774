namespace AtlasCloud.Predictions;

/// <summary>The time, by the service's clock, in which the task of a request can have been created.</summary>
internal readonly record struct TaskTimeWindow(DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>How far clocks may differ in spite of the correction by the Date header, which has a resolution of a second.</summary>
    internal static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    /// <summary>How long after the send the service can still create the task.</summary>
    internal static readonly TimeSpan MaxDelay = TimeSpan.FromMinutes(10);

    /// <summary>How long after an intent its request can still be sent: retries after 429 take this long.</summary>
    internal static readonly TimeSpan MaxSubmitDuration = TimeSpan.FromHours(1);

    // If the clocks differ by more now, they say nothing about the time when the request was sent.
    private static readonly TimeSpan s_maxAssumedOffset = TimeSpan.FromHours(1);

    /// <summary>The window of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="currentOffset">The service's time minus this machine's now, for a request that recorded none; null if unknown.</param>
    /// <returns>The window; null if the time of the request is unknown.</returns>
    internal static TaskTimeWindow? Of(OpenRequest request, TimeSpan? currentOffset)
    {
        TimeSpan offset = request.ClockOffset ?? currentOffset ?? TimeSpan.Zero;
        return (request.ClockOffset is null && offset.Duration() > s_maxAssumedOffset) || Add(request.SentAt, offset) is not DateTimeOffset sent
            ? null
            : new TaskTimeWindow(sent - ClockSkew, sent + MaxDelay + (request.IsIntent ? MaxSubmitDuration : TimeSpan.Zero));
    }

    /// <summary>Adds an offset; null if the result is no plausible time, such as that of a clock that starts in 1970.</summary>
    internal static DateTimeOffset? Add(DateTimeOffset? time, TimeSpan offset) =>
        time is { Year: > 1900 and < 8000 } known && (known.UtcDateTime.Ticks + offset.Ticks) is > 0 and < 2_500_000_000_000_000_000 ? known + offset : null;

    /// <summary>Whether a task can be the result. A task without a time can be.</summary>
    internal bool Contains(DateTimeOffset? created) => created is null || (created >= From && created <= Until);
}
