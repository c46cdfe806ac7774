using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Scenarios;

/// <summary>How a task behaves that is submitted under a rule.</summary>
internal sealed record ScenarioTask
{
    internal TimeSpan? Duration { get; init; }

    internal ScenarioTaskEnd End { get; init; }

    internal string? Error { get; init; }

    internal int? ErrorCode { get; init; }

    internal TimeSpan? PriceDelay { get; init; }

    /// <summary>Whether the task returns to pending for a while; null for one task in four.</summary>
    internal bool? Pending { get; init; }

    internal ScenarioWebhookMode Webhook { get; init; }

    /// <summary>How long after the submit the task cannot be found.</summary>
    internal TimeSpan NotFound { get; init; }

    /// <summary>How long after the submit only the older paths find the task; null for never.</summary>
    internal TimeSpan? FallbackOnlyAfter { get; init; }

    /// <summary>What the first polls after the end report, in this order. Later ones report the actual state.</summary>
    internal IReadOnlyList<ScenarioTaskRead> Reads { get; init; } = [];

    internal ScenarioTaskOutputs Outputs { get; init; }

    /// <summary>The published price in place of the charged one; null for the charged one.</summary>
    internal JsonNode? Price { get; init; }
}
