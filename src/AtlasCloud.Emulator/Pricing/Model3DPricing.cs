using AtlasCloud.Emulation.Catalog;

namespace AtlasCloud.Emulation.Pricing;

/// <summary>3D models are billed per model; one family adds a surcharge per option.</summary>
internal static class Model3DPricing
{
    internal static BillableUnits Calculate(CatalogModel model, RequestValues values)
    {
        decimal extra = 0m;
        if (model.Id.StartsWith("tripo", StringComparison.OrdinalIgnoreCase))
        {
            extra += values.Flag("texture") ? 0.11m : 0m;
            extra += values.Text("texture_quality") == "detailed" ? 0.22m : 0m;
            extra += values.Text("geometry_quality") == "detailed" ? 0.22m : 0m;
            extra += values.Flag("quad") ? 0.055m : 0m;
        }

        return new BillableUnits(1m, extra);
    }
}
