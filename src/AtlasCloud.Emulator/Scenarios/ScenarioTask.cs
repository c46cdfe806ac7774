namespace AtlasCloud.Emulation.Scenarios;

/// <summary>How a task goes that is submitted under a rule.</summary>
internal sealed record ScenarioTask
{
    internal TimeSpan? Duration { get; init; }

    internal ScenarioTaskEnd End { get; init; }

    internal string? Error { get; init; }

    internal int? ErrorCode { get; init; }

    internal TimeSpan? PriceDelay { get; init; }

    /// <summary>Whether the task falls back to pending for a while; null leaves it to chance.</summary>
    internal bool? Pending { get; init; }

    internal ScenarioWebhookMode Webhook { get; init; }

    /// <summary>How long the record cannot be found after the submit.</summary>
    internal TimeSpan NotFound { get; init; }

    /// <summary>How long after the submit only the older addresses still know the record; null for never.</summary>
    internal TimeSpan? FallbackOnlyAfter { get; init; }
}
