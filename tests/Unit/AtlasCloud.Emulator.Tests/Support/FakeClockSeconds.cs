namespace AtlasCloud.Emulation.Tests.Support;

/// <summary>The tests of the emulator count in seconds.</summary>
internal static class FakeClockSeconds
{
    internal static void Advance(this FakeClock clock, double seconds) => clock.Advance(TimeSpan.FromSeconds(seconds));
}
