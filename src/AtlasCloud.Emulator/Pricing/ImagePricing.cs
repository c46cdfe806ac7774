using AtlasCloud.Emulation.Catalog;

namespace AtlasCloud.Emulation.Pricing;

/// <summary>Images are billed each.</summary>
internal static class ImagePricing
{
    /// <summary>More than any model makes at once.</summary>
    private const int MaximumCount = 16;

    internal static BillableUnits Calculate(CatalogModel model, RequestValues values)
    {
        decimal units = CountImages(values);

        // 1k and 2k cost the same on this family, 4k twice as much.
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
