namespace AtlasCloud;

/// <summary>Checks a series of requests against a budget without reserving anything in it. Created by <see cref="Budget.StartPreview"/>.</summary>
public sealed class BudgetPreview
{
    private readonly Budget _copy;

    internal BudgetPreview(Budget copy) => _copy = copy;

    /// <summary>Counts a request. A request that is rejected does not count.</summary>
    /// <param name="cost">What is known about its cost.</param>
    /// <param name="maxCost">The limit for this request, in US dollars; null for none.</param>
    /// <param name="allowUnknownCost">Whether a request without a known price is accepted although a limit is set.</param>
    /// <exception cref="AtlasCloudException">BudgetExceeded: submitting the request would be rejected.</exception>
    public void Add(CostEstimate cost, decimal? maxCost = null, bool allowUnknownCost = false) => _copy.Reserve(cost, maxCost, allowUnknownCost);
}
