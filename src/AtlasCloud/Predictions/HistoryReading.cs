namespace AtlasCloud.Predictions;

/// <summary>What one search of the account's history showed, and how much of the history it covers.</summary>
internal sealed record HistoryReading
{
    /// <summary>The tasks that were read. Only those whose digest was searched for have all their properties.</summary>
    internal IReadOnlyList<HistoryTask> Tasks { get; init; } = [];

    /// <summary>Why tasks may be missing, as a sentence; null if the search was complete as far as it had to go.</summary>
    internal string? Problem { get; init; }

    /// <summary>With a problem: the time after which no task is missing; null if there is none.</summary>
    internal DateTimeOffset? CoveredFrom { get; init; }

    /// <summary>Whether all responses had the documented form.</summary>
    internal bool IsDocumented { get; init; }

    /// <summary>Whether the end of the history was reached, and the number of tasks is what the service says.</summary>
    internal bool IsEnd { get; init; }

    /// <summary>The service's time; null if unknown.</summary>
    internal DateTimeOffset? ServiceTime { get; init; }

    /// <summary>The service's time minus this machine's; null if no response had a Date header.</summary>
    internal TimeSpan? ClockOffset { get; init; }

    /// <summary>Why tasks that were created after a time may be missing, as a sentence; null if none is.</summary>
    internal string? FindGap(DateTimeOffset time) => CoveredFrom < time ? null : Problem;

    /// <summary>Whether the history is proven to contain tasks from before a time, so that it would contain later ones too.</summary>
    internal bool ReachesBackTo(DateTimeOffset time) => IsEnd || Tasks.Any(t => t.CreatedAt < time);
}
