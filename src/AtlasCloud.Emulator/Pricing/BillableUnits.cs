namespace AtlasCloud.Emulation.Pricing;

/// <summary>The billable units of a request.</summary>
/// <param name="Units">The multiple of the catalog's base price.</param>
/// <param name="Surcharge">The surcharge in US dollars, added to the actual and to the original price.</param>
/// <param name="Tokens">The billed tokens; null if the model is not billed by tokens.</param>
/// <param name="IsEstimated">Whether the price is derived from duration and resolution.</param>
/// <param name="IsPartial">Whether a part of the request could not be measured.</param>
internal sealed record BillableUnits(decimal Units, decimal Surcharge = 0m, long? Tokens = null, bool IsEstimated = false, bool IsPartial = false)
{
    /// <summary>The share of the price that is charged in the end; the rest of the reservation is released.</summary>
    internal decimal SettledShare { get; init; } = 1m;
}
