using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Scenarios;

namespace AtlasCloud.Emulation.Catalog;

/// <summary>A change of the catalog at run time.</summary>
/// <param name="Model">The models that change.</param>
internal sealed record CatalogChange(Wildcard Model)
{
    /// <summary>The number of requests after which the change applies.</summary>
    internal int AfterRequests { get; init; }

    /// <summary>The time since the start after which the change applies.</summary>
    internal TimeSpan After { get; init; }

    /// <summary>Whether the models are removed from the catalog, with their documents, and rejected at submit.</summary>
    internal bool IsRemoved { get; init; }

    /// <summary>The members to merge into the actual and the original price.</summary>
    internal JsonObject? Price { get; init; }

    /// <summary>The merge patch for the entry in the list of models.</summary>
    internal JsonObject? Entry { get; init; }

    /// <summary>The merge patch for the input schema.</summary>
    internal JsonObject? Schema { get; init; }
}
