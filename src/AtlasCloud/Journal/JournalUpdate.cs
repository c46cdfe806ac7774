namespace AtlasCloud.Journal;

/// <summary>What a journal line records about a prediction.</summary>
/// <param name="PredictionId">The ID at the service.</param>
internal sealed record JournalUpdate(string PredictionId)
{
    /// <summary>When the request was sent; null if unknown.</summary>
    internal DateTimeOffset? SentAt { get; init; }

    /// <summary>The service's time minus this machine's; null if it was not measured.</summary>
    internal TimeSpan? ClockOffset { get; init; }

    internal string? Model { get; init; }

    internal ModelKind? Kind { get; init; }

    /// <summary>The status in the service's words.</summary>
    internal string? Status { get; init; }

    /// <summary>Why it failed; null if it did not.</summary>
    internal string? Reason { get; init; }

    /// <summary>The settled price; null while unknown.</summary>
    internal decimal? Price { get; init; }

    internal string? Currency { get; init; }
}
