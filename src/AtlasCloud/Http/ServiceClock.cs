namespace AtlasCloud.Http;

/// <summary>
/// The service's time, from the Date headers of its responses. It advances with the monotonic clock, so changes of this machine's clock do not affect it.
/// </summary>
internal sealed class ServiceClock(TimeProvider clock)
{
    private readonly object _lock = new();
    private DateTimeOffset? _date;
    private long _timestamp;

    /// <summary>The service's time; null if no response had a Date header.</summary>
    internal DateTimeOffset? Now
    {
        get
        {
            lock (_lock)
            {
                return _date + clock.GetElapsedTime(_timestamp);
            }
        }
    }

    /// <summary>The service's time minus this machine's; null if no response had a Date header.</summary>
    internal TimeSpan? Offset => Now - clock.GetUtcNow();

    /// <summary>Takes the time of a response that has just arrived.</summary>
    internal void Observe(DateTimeOffset? date)
    {
        if (date is not null)
        {
            lock (_lock)
            {
                (_date, _timestamp) = (date, clock.GetTimestamp());
            }
        }
    }
}
