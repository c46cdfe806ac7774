namespace AtlasCloud.Tests;

/// <summary>A clock that advances with each reading.</summary>
internal sealed class StepClock(TimeSpan step) : TimeProvider
{
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Add(ref _now, step.Ticks);
}
