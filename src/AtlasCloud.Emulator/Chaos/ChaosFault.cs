using AtlasCloud.Emulation.Scenarios;

namespace AtlasCloud.Emulation.Chaos;

/// <summary>A fault that strikes by rate.</summary>
/// <param name="Name">Its word, or the name of the reply that is sent.</param>
/// <param name="Kinds">The requests that it strikes.</param>
/// <param name="Rule">What becomes of a request that it strikes.</param>
internal sealed record ChaosFault(string Name, IReadOnlySet<RequestKind> Kinds, ScenarioRule Rule)
{
    /// <summary>The part of the requests that it strikes; null where it has its share in the rate of all.</summary>
    internal double? Rate { get; init; }

    /// <summary>It strikes only while another task runs.</summary>
    internal bool NeedsRunningTask { get; init; }
}
