using AtlasCloud.Emulation.Scenarios;

namespace AtlasCloud.Emulation.Chaos;

/// <summary>A fault that is injected at a rate.</summary>
/// <param name="Name">The name of the fault, or of the sample that is sent.</param>
/// <param name="Kinds">The kinds of requests that it applies to.</param>
/// <param name="Rule">How an affected request is handled.</param>
internal sealed record ChaosFault(string Name, IReadOnlySet<RequestKind> Kinds, ScenarioRule Rule)
{
    /// <summary>The share of requests that it affects; null to share the common rate.</summary>
    internal double? Rate { get; init; }

    /// <summary>Whether it applies only while another task runs.</summary>
    internal bool NeedsRunningTask { get; init; }

    internal static ChaosFault Create(string name, IEnumerable<RequestKind> kinds, ScenarioRule rule) =>
        new(name, kinds.ToHashSet(), rule with { FaultName = name });
}
