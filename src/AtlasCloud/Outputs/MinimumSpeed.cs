namespace AtlasCloud.Outputs;

/// <summary>Detects a host that keeps a connection open by sending a few bytes now and then.</summary>
internal sealed class MinimumSpeed(TimeProvider clock)
{
    /// <summary>The minimum per window: 1 KB/s, slower than any usable connection.</summary>
    internal const int MinBytes = 120 * 1024;

    /// <summary>The interval in which the bytes are counted.</summary>
    internal static readonly TimeSpan Window = TimeSpan.FromMinutes(2);

    private long _start = clock.GetTimestamp();
    private long _received;

    /// <summary>Counts received bytes. Returns true if the last complete window had fewer than the minimum.</summary>
    internal bool IsTooSlowAfter(int count)
    {
        _received += count;
        if (clock.GetElapsedTime(_start) < Window)
        {
            return false;
        }

        bool isTooSlow = _received < MinBytes;
        (_start, _received) = (clock.GetTimestamp(), 0);
        return isTooSlow;
    }
}
