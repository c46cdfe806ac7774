namespace AtlasCloud.PowerShell.Sessions;

/// <summary>Compares this machine's clock with the service's clock.</summary>
internal static class ClockCheck
{
    /// <summary>More than a slow network and a header with whole seconds can explain.</summary>
    private static readonly TimeSpan s_tolerance = TimeSpan.FromSeconds(30);

    internal static SessionCheck Create(ProbeResult probe)
    {
        if (probe.ClockOffset is not TimeSpan offset)
        {
            return new SessionCheck
            {
                Name = "Clock",
                Status = SessionCheck.Skipped,
                Detail = probe.HasResponse ? "the response does not contain the time" : "the service was not reached",
            };
        }

        bool isWrong = offset.Duration() > s_tolerance;
        return new SessionCheck
        {
            Name = "Clock",
            Status = isWrong ? SessionCheck.Warning : SessionCheck.Passed,
            Detail = isWrong ? $"{SessionChecker.Format(offset.Duration())} {(offset > TimeSpan.Zero ? "ahead of" : "behind")} the service" : "agrees with the service",
            Fix = isWrong ? "Correct the clock of this machine. Billing days, ages and the expiration of links depend on it." : null,
        };
    }
}
