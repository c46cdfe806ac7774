namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>Decides which reports of progress are worth drawing: none while a command is still quick, then a few a second.</summary>
internal sealed class ProgressThrottle(TimeProvider clock)
{
    /// <summary>Who gets a result sooner than this wants no bar that flashes by.</summary>
    internal static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(500);

    /// <summary>Drawing is slow on some hosts, and nobody reads faster.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly object _gate = new();
    private readonly Dictionary<object, long> _shown = [];
    private long? _began;

    /// <summary>Whether to show a report now. Called from any thread, so that most reports of a download need not reach the pipeline's.</summary>
    internal bool ShouldShow(object activity)
    {
        lock (_gate)
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

    /// <summary>Says that an activity is over.</summary>
    internal void Forget(object activity)
    {
        lock (_gate)
        {
            _shown.Remove(activity);
        }
    }
}
