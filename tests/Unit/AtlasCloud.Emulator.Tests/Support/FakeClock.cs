namespace AtlasCloud.Emulation.Tests.Support;

/// <summary>A clock that tests advance. Its timers use real time, so that delays still end.</summary>
internal sealed class FakeClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 8, 26, 9, 15, 2, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    internal void Advance(double seconds) => _now += TimeSpan.FromSeconds(seconds);
}
