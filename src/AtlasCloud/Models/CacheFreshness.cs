namespace AtlasCloud.Models;

/// <summary>Decides by its age whether a cached document is fresh, stale or expired, and when a failed request may be repeated.</summary>
/// <param name="clock">The clock to measure ages with.</param>
internal sealed class CacheFreshness(TimeProvider clock)
{
    private static readonly TimeSpan s_freshFor = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_expiresAfter = TimeSpan.FromDays(1);

    // After a failure the copy is used for this long without another attempt.
    private static readonly TimeSpan s_retryInterval = TimeSpan.FromMinutes(1);

    /// <summary>True for a document that is used as it is: less than five minutes old.</summary>
    internal bool IsFresh(DateTimeOffset readAt) => GetAge(readAt) < s_freshFor;

    /// <summary>True for a document that is used only if the service is unavailable: at least a day old.</summary>
    internal bool IsExpired(DateTimeOffset readAt) => GetAge(readAt) >= s_expiresAfter;

    /// <summary>Returns the time since the service returned or confirmed the document. A time in the future comes from a wrong clock and counts as very old.</summary>
    internal TimeSpan GetAge(DateTimeOffset readAt)
    {
        TimeSpan age = clock.GetUtcNow() - readAt;
        return age < -s_retryInterval ? TimeSpan.MaxValue : age;
    }

    /// <summary>True if a failure with this timestamp is less than a minute old.</summary>
    internal bool IsRecentFailure(long timestamp) => clock.GetElapsedTime(timestamp) < s_retryInterval;
}
