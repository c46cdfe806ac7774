using AtlasCloud.Mcp.Safety;

namespace AtlasCloud.Mcp.Tools;

/// <summary>The cost limit of one paid request.</summary>
/// <param name="options">The limits of the server.</param>
/// <param name="confirmedPrice">The price that the user agreed to; null for none.</param>
internal sealed class SpendingLimit(AtlasMcpOptions options, decimal? confirmedPrice)
{
    /// <summary>The most that the request may cost; null if only the budget limits it. A confirmation can replace the limit for confirmations, never the maximum.</summary>
    internal decimal? MaxCost => Min(options.MaxCost, options.ConfirmAbove is decimal limit ? Math.Max(limit, confirmedPrice ?? 0) : null);

    /// <summary>Returns the error of a refused request: one that asks for a confirmation, if a confirmation can help.</summary>
    internal AtlasCloudException Explain(AtlasCloudException refusal) =>
        refusal is { Reason: AtlasCloudErrorReason.MaxCostExceeded, Amount: decimal price } && options.ConfirmAbove is not null && !(price > options.MaxCost)
            ? McpErrors.ConfirmationRequired(refusal)
            : refusal;

    private static decimal? Min(decimal? first, decimal? second) => first is null || second < first ? second : first;
}
