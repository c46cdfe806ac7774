namespace AtlasCloud;

/// <summary>The result of one check of a session, with a fix if there is a problem.</summary>
public sealed record SessionCheck
{
    internal const string Passed = "Passed";
    internal const string Warning = "Warning";
    internal const string Failed = "Failed";
    internal const string Skipped = "Skipped";

    /// <summary>The name of the check: Proxy, Reach, ReachLlm, Clock, Key, Balance, ManagementKey, Catalog, Cache or State.</summary>
    public required string Name { get; init; }

    /// <summary>Passed, Warning (it works with limitations), Failed, or Skipped (it could not be checked).</summary>
    public required string Status { get; init; }

    /// <summary>What was found.</summary>
    public required string Detail { get; init; }

    /// <summary>What to do about a problem; null if there is none.</summary>
    public string? Fix { get; init; }

    /// <summary>How long the check took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The name, the status and what was found.</summary>
    public override string ToString() => $"{Name}: {Status}, {Detail}";
}
