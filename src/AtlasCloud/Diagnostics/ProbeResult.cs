namespace AtlasCloud;

/// <summary>The outcome of one request that tests the connection to the service.</summary>
public sealed record ProbeResult
{
    /// <summary>What was requested.</summary>
    public required ProbeTarget Target { get; init; }

    /// <summary>The URL of the request.</summary>
    public required Uri Address { get; init; }

    /// <summary>The time from the request to the end of the response or to the failure.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>
    /// How far this machine's clock is ahead of the service's clock; negative if it is behind. The service reports whole seconds. Null if there was no
    /// response, or if it did not contain the time.
    /// </summary>
    public TimeSpan? ClockOffset { get; init; }

    /// <summary>The number of models listed; null if the probe failed or requested something else.</summary>
    public int? ModelCount { get; init; }

    /// <summary>The balance; null if the probe failed or requested something else.</summary>
    public Balance? Balance { get; init; }

    /// <summary>
    /// Why the probe failed; null if it succeeded. Its Status is null if no response came. UnexpectedReply with a successful status means that
    /// something other than the service responded, such as a proxy or the sign-in page of a network.
    /// </summary>
    public AtlasCloudException? Failure { get; init; }

    /// <summary>Whether the service, or something in its place, sent a response.</summary>
    public bool HasResponse => Failure is null || Failure.Status is not null;
}
