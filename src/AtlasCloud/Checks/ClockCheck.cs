namespace AtlasCloud.Checks;

/// <summary>Compares this machine's clock with that of the service.</summary>
internal static class ClockCheck
{
    /// <summary>More than a slow network and a header that counts whole seconds explain.</summary>
    private static readonly TimeSpan s_tolerance = TimeSpan.FromSeconds(30);

    internal static SessionCheck Of(SessionProbe.Answer answer)
    {
        if (answer.Reply?.Date is not DateTimeOffset there)
        {
            return new SessionCheck
            {
                Name = "Clock",
                Status = SessionCheck.Skipped,
                Detail = answer.Reply is null ? "the service was not reached" : "the answer does not say what time it is",
            };
        }

        TimeSpan ahead = answer.Time - there;
        bool isOff = ahead.Duration() > s_tolerance;
        return new SessionCheck
        {
            Name = "Clock",
            Status = isOff ? SessionCheck.Warning : SessionCheck.Passed,
            Detail = isOff ? $"{SessionProbe.Span(ahead.Duration())} {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} the service" : "agrees with the service",
            Fix = isOff ? "Set the clock of this machine: days of the bill, ages and the expiry of addresses are counted by it." : null,
        };
    }
}
