using AtlasCloud.Emulation.Catalog;

namespace AtlasCloud.Emulation.Pricing;

/// <summary>Images are billed per image.</summary>
internal static class ImagePricing
{
    /// <summary>An upper bound; no model generates more images per request.</summary>
    private const int MaximumCount = 16;

    private const decimal PricePerToken = 32m / 1_000_000m;
    private const decimal FurtherReferencePrice = 0.003m;

    internal static BillableUnits Calculate(CatalogModel model, RequestValues values)
    {
        decimal units = CountImages(values);

        // On this family, 1k and 2k cost the same, 4k twice as much.
        if (model.Id.Contains("nano-banana", StringComparison.OrdinalIgnoreCase) &&
            string.Equals(values.Text("resolution"), "4k", StringComparison.OrdinalIgnoreCase))
        {
            units *= 2;
        }

        // This family reserves a ceiling and is billed by tokens. The rate is that of image tokens; the share that is used is an assumption.
        if (model.Id.StartsWith("openai/gpt-image", StringComparison.OrdinalIgnoreCase))
        {
            decimal ceiling = units * (model.Price("actual", "base_price") ?? 0m);
            return new BillableUnits(units, Tokens: (long)(ceiling / PricePerToken), IsEstimated: true) { SettledShare = 0.75m };
        }

        return StudioPricing.Applies(model.Id) ? StudioPricing.Calculate(model.Id, units, values)
            : model.Id.Equals("bytedance/seedream-v5.0-pro/edit", StringComparison.OrdinalIgnoreCase)
                ? new BillableUnits(units, Surcharge: FurtherReferencePrice * Math.Max(0, values.Count("images") - 1))
                : new BillableUnits(units);
    }

    internal static int CountImages(RequestValues values) =>
        (int)Math.Clamp(values.Number("num_images") ?? values.Number("n") ?? values.Number("max_images") ?? values.Number("count") ?? StudioPricing.CountChoices(values), 1m, MaximumCount);
}
