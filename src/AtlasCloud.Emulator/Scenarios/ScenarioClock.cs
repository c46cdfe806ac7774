namespace AtlasCloud.Emulation.Scenarios;

/// <summary>How far the clock of the service differs from the actual time. Tasks and charges are not affected, only the times in replies.</summary>
/// <param name="Offset">The difference of the times in bodies; positive if the service is ahead.</param>
/// <param name="DateOffset">The difference of the Date header.</param>
internal sealed record ScenarioClock(TimeSpan Offset, TimeSpan DateOffset)
{
    internal static readonly ScenarioClock Accurate = new(TimeSpan.Zero, TimeSpan.Zero);
}
