using AtlasCloud.Emulation.Chaos;
using AtlasCloud.Emulation.Http;

namespace AtlasCloud.Emulation.Scenarios;

/// <summary>A rule of a scenario: which requests it matches, how often, and how they are handled.</summary>
internal sealed record ScenarioRule
{
    /// <summary>The default of <see cref="Events"/>.</summary>
    internal const int DefaultEvents = 3;

    internal string? Method { get; init; }

    internal Wildcard? Path { get; init; }

    internal Wildcard? Model { get; init; }

    /// <summary>How often the rule applies; null for no limit.</summary>
    internal int? Times { get; init; }

    /// <summary>The number of matching requests to skip first.</summary>
    internal int Skip { get; init; }

    internal double Probability { get; init; } = 1.0;

    internal ScenarioReply? Reply { get; init; }

    internal HttpFault Fault { get; init; }

    /// <summary>The fault name for the ledger; null if the rule injects no fault.</summary>
    internal string? FaultName { get; init; }

    internal TimeSpan? Delay { get; init; }

    internal ScenarioTask? Task { get; init; }

    /// <summary>The chat reply; null for the generated one.</summary>
    internal ScenarioChat? Chat { get; init; }

    /// <summary>The number of events to send before a fault within a stream.</summary>
    internal int Events { get; init; } = DefaultEvents;

    /// <summary>The sample whose shape the reply takes.</summary>
    internal string? Variant { get; init; }

    /// <summary>The kinds of requests that the rule is limited to; null for all.</summary>
    internal IReadOnlySet<RequestKind>? Kinds { get; init; }

    /// <summary>The format of a page of the history; null for that of the service.</summary>
    internal ScenarioHistoryPage? HistoryPage { get; init; }

    /// <summary>The clock of the reply; null for that of the scenario.</summary>
    internal ScenarioClock? Clock { get; init; }

    internal bool Matches(string method, string path, string? model) =>
        (Kinds is null || (RequestClassifier.Classify(method, path) is { } kind && Kinds.Contains(kind))) &&
        (Method is null || Method.Equals(method, StringComparison.OrdinalIgnoreCase)) &&
        (Path is null || Path.IsMatch(path)) &&
        (Model is null || (model is not null && Model.IsMatch(model)));
}
