namespace AtlasCloud.Http;

/// <summary>Delays all requests of a client after a 429, so that the whole client slows down and not one request.</summary>
internal sealed class RateLimitGate(TimeProvider clock)
{
    private readonly object _lock = new();
    private long _closedUntil;

    /// <summary>Closes the gate for a time. A shorter time does not shorten an earlier longer one.</summary>
    internal void Close(TimeSpan time)
    {
        long until = clock.GetTimestamp() + (long)(time.TotalSeconds * clock.TimestampFrequency);
        lock (_lock)
        {
            _closedUntil = Math.Max(_closedUntil, until);
        }
    }

    /// <summary>Waits until the gate is open.</summary>
    internal async Task WaitAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            TimeSpan left = Left();
            if (left <= TimeSpan.Zero)
            {
                return;
            }

            await Task.Delay(left, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private TimeSpan Left()
    {
        lock (_lock)
        {
            long ticks = _closedUntil - clock.GetTimestamp();
            return ticks <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((double)ticks / clock.TimestampFrequency + 0.001);
        }
    }
}
