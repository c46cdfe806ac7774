using AtlasCloud.Emulation.Http;

namespace AtlasCloud.Emulation.Scenarios;

/// <summary>One line of a scenario: which requests, how often, and what becomes of them.</summary>
internal sealed record ScenarioRule
{
    /// <summary>After how many events a fault strikes that strikes within a stream, unless the rule says otherwise.</summary>
    internal const int DefaultEvents = 3;

    internal string? Method { get; init; }

    internal Wildcard? Path { get; init; }

    internal Wildcard? Model { get; init; }

    /// <summary>How often the rule applies; null for ever.</summary>
    internal int? Times { get; init; }

    /// <summary>How many fitting requests pass before it applies.</summary>
    internal int Skip { get; init; }

    internal double Probability { get; init; } = 1.0;

    internal ScenarioReply? Reply { get; init; }

    internal HttpFault Fault { get; init; }

    /// <summary>What the ledger calls it; null where nothing goes wrong.</summary>
    internal string? FaultName { get; init; }

    internal TimeSpan? Delay { get; init; }

    internal ScenarioTask? Task { get; init; }

    /// <summary>What a chat model says; null for what it says by itself.</summary>
    internal ScenarioChat? Chat { get; init; }

    /// <summary>After how many events a fault strikes that strikes within a stream.</summary>
    internal int Events { get; init; } = DefaultEvents;

    /// <summary>The sample whose shape the reply takes.</summary>
    internal string? Variant { get; init; }

    internal bool Matches(string method, string path, string? model) =>
        (Method is null || Method.Equals(method, StringComparison.OrdinalIgnoreCase)) &&
        (Path is null || Path.IsMatch(path)) &&
        (Model is null || (model is not null && Model.IsMatch(model)));
}
