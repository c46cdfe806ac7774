using AtlasCloud.Emulation.Catalog;

namespace AtlasCloud.Emulation.Pricing;

/// <summary>Images are billed per image.</summary>
internal static class ImagePricing
{
    /// <summary>An upper bound; no model generates more images per request.</summary>
    private const int MaximumCount = 16;

    internal static BillableUnits Calculate(CatalogModel model, RequestValues values)
    {
        decimal units = CountImages(values);

        // On this family, 1k and 2k cost the same, 4k twice as much.
        if (model.Id.Contains("nano-banana", StringComparison.OrdinalIgnoreCase) &&
            string.Equals(values.Text("resolution"), "4k", StringComparison.OrdinalIgnoreCase))
        {
            units *= 2;
        }

        return new BillableUnits(units);
    }

    internal static int CountImages(RequestValues values) =>
        (int)Math.Clamp(values.Number("num_images") ?? values.Number("n") ?? values.Number("max_images") ?? 1m, 1m, MaximumCount);
}
