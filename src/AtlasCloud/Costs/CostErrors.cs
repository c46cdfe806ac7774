using System.Globalization;

namespace AtlasCloud.Costs;

/// <summary>Creates the errors about prices, cost limits and budgets. In all of them nothing was sent.</summary>
internal static class CostErrors
{
    /// <summary>The price exceeds the limit for one request.</summary>
    internal static AtlasCloudException MaxCostExceeded(CostEstimate cost, decimal limit) => new(
        AtlasCloudErrorKind.BudgetExceeded,
        string.Create(CultureInfo.InvariantCulture, $"The request to {cost.Model} would cost {PriceOf(cost)}, more than the limit of {limit} {CostEstimate.LimitCurrency} per request. Nothing was submitted."))
    {
        Reason = AtlasCloudErrorReason.MaxCostExceeded,
        Model = cost.Model,
        Amount = cost.Quote?.Highest,
        Limit = limit,
    };

    /// <summary>The price exceeds what is left of the budget.</summary>
    internal static AtlasCloudException BudgetExhausted(CostEstimate cost, string status, decimal? left) =>
        new(AtlasCloudErrorKind.BudgetExceeded, $"The request to {cost.Model} would cost {PriceOf(cost)}. {status} Nothing was submitted.")
        {
            Reason = AtlasCloudErrorReason.BudgetExhausted,
            Model = cost.Model,
            Amount = cost.Quote?.Highest,
            Limit = left,
        };

    /// <summary>Nothing is left of the budget for a request that cannot be priced in advance, such as a chat message.</summary>
    internal static AtlasCloudException BudgetExhausted(string description, string status, decimal? left) =>
        new(AtlasCloudErrorKind.BudgetExceeded, $"The budget is used up, so {description} was not sent. {status}")
        {
            Reason = AtlasCloudErrorReason.BudgetExhausted,
            Limit = left,
        };

    /// <summary>The price is unknown, or in another currency, or only a minimum, and a cost limit is set.</summary>
    internal static AtlasCloudException PriceUnknown(CostEstimate cost, string doubt) => new(
        AtlasCloudErrorKind.BudgetExceeded,
        $"The price of the request to {cost.Model} {(cost.Quote is null ? "is unknown and a cost limit is set" : "cannot be compared with the cost limit")}, so the request was not submitted. "
        + $"{doubt.TrimEnd('.')}.",
        cost.Failure)
    {
        Reason = AtlasCloudErrorReason.PriceUnknown,
        Model = cost.Model,
    };

    private static string PriceOf(CostEstimate cost) => cost.Quote?.ToString() ?? "an unknown amount";
}
