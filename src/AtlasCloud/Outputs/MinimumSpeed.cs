namespace AtlasCloud.Outputs;

/// <summary>Tells a slow line from a host that sends a byte now and then to keep somebody waiting for ever.</summary>
internal sealed class MinimumSpeed(TimeProvider clock)
{
    /// <summary>A kilobyte a second is less than any line of today gives.</summary>
    internal const int LeastBytes = 120 * 1024;

    internal static readonly TimeSpan Window = TimeSpan.FromMinutes(2);

    private long _start = clock.GetTimestamp();
    private long _moved;

    /// <summary>Counts bytes. True where the last two minutes brought too few.</summary>
    internal bool IsTooLowAfter(int count)
    {
        _moved += count;
        if (clock.GetElapsedTime(_start) < Window)
        {
            return false;
        }

        bool isTooLow = _moved < LeastBytes;
        (_start, _moved) = (clock.GetTimestamp(), 0);
        return isTooLow;
    }
}
