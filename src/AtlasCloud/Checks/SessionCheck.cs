namespace AtlasCloud;

/// <summary>One thing that was looked at, and what to do where it is not as it should be.</summary>
public sealed record SessionCheck
{
    internal const string Passed = "Passed";
    internal const string Warning = "Warning";
    internal const string Failed = "Failed";
    internal const string Skipped = "Skipped";

    /// <summary>What was looked at: Proxy, Reach, Clock, Key, Balance, Catalog, Cache or State.</summary>
    public required string Name { get; init; }

    /// <summary>Passed, Warning (it works, but not well), Failed, or Skipped (it could not be looked at).</summary>
    public required string Status { get; init; }

    /// <summary>What was found.</summary>
    public required string Detail { get; init; }

    /// <summary>What to do; null where there is nothing to do.</summary>
    public string? Fix { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The name, the status and what was found.</summary>
    public override string ToString() => $"{Name}: {Status}, {Detail}";
}
