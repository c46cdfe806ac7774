namespace AtlasCloud.Emulation.Pricing;

/// <summary>How many of its billing units a request takes.</summary>
/// <param name="Units">A multiple of the catalog's base price.</param>
/// <param name="Surcharge">What comes on top, in dollars, on both sides of the price.</param>
/// <param name="Tokens">The tokens, where these are what is billed.</param>
/// <param name="IsEstimated">Derived from duration and resolution, not flat.</param>
/// <param name="IsPartial">Something that counts could not be seen.</param>
internal sealed record BillableUnits(decimal Units, decimal Surcharge = 0m, long? Tokens = null, bool IsEstimated = false, bool IsPartial = false);
