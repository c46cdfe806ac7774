using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Scenarios;

namespace AtlasCloud.Emulation.Catalog;

/// <summary>Something that becomes of models while the emulator runs.</summary>
/// <param name="Model">Which models.</param>
internal sealed record CatalogChange(Wildcard Model)
{
    /// <summary>It holds for every request after so many.</summary>
    internal int AfterRequests { get; init; }

    /// <summary>It holds as soon as the emulator has run so long.</summary>
    internal TimeSpan After { get; init; }

    /// <summary>The models are gone: from the catalog, from its documents, and for submits.</summary>
    internal bool IsRemoved { get; init; }

    /// <summary>What changes on both sides of the price.</summary>
    internal JsonObject? Price { get; init; }

    /// <summary>What changes in the inputs of the schema.</summary>
    internal JsonObject? Schema { get; init; }
}
