namespace AtlasCloud.Emulation.Scenarios;

/// <summary>How a page of the history differs from the format of the service.</summary>
internal sealed record ScenarioHistoryPage
{
    internal const string ServiceIdName = "ID";

    /// <summary>The page of the service.</summary>
    internal static readonly ScenarioHistoryPage Normal = new();

    internal HistoryItemsPlace Items { get; init; }

    /// <summary>The name of the member with the ID of a task.</summary>
    internal string IdName { get; init; } = ServiceIdName;

    internal bool IsOldestFirst { get; init; }

    /// <summary>The age from which tasks are listed.</summary>
    internal TimeSpan Lag { get; init; }

    /// <summary>The zone of the times, which are written without a zone; null for Unix time.</summary>
    internal TimeSpan? Zone { get; init; }

    internal HistoryPaging Pages { get; init; }

    /// <summary>The reported number of tasks; null for the actual one.</summary>
    internal int? Total { get; init; }

    /// <summary>The filters that are ignored, as the service ignores names that it does not know.</summary>
    internal IReadOnlyList<string> IgnoredFilters { get; init; } = [];

    /// <summary>The form of the times, unless there is a zone.</summary>
    internal HistoryTimeForm Times { get; init; }

    /// <summary>Whether the page contains invented tasks of another account instead of the actual ones.</summary>
    internal bool IsOfOtherAccount { get; init; }
}
