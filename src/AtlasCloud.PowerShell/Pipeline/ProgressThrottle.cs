namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>Limits progress records: none for short commands, then a few per second.</summary>
internal sealed class ProgressThrottle(TimeProvider clock)
{
    /// <summary>Commands that end sooner show no progress.</summary>
    internal static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(500);

    /// <summary>Drawing is slow on some hosts.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly object _lock = new();
    private readonly Dictionary<object, long> _shown = [];
    private long? _began;

    /// <summary>Whether to show a report now. Can be called from any thread, so that most reports of a download never reach the pipeline thread.</summary>
    internal bool ShouldShow(object activity)
    {
        lock (_lock)
        {
            long now = clock.GetTimestamp();
            _began ??= now;
            if (clock.GetElapsedTime(_began.Value, now) < Delay
                || (_shown.TryGetValue(activity, out long before) && clock.GetElapsedTime(before, now) < Interval))
            {
                return false;
            }

            _shown[activity] = now;
            return true;
        }
    }

    /// <summary>Forgets an activity that has ended.</summary>
    internal void Forget(object activity)
    {
        lock (_lock)
        {
            _shown.Remove(activity);
        }
    }
}
