namespace AtlasCloud.Emulation.Pricing;

/// <summary>The images of <c>atlascloud/studio</c>: priced per choice of a multi-select, and differently with and without the schema's defaults.</summary>
internal static class StudioPricing
{
    private const string Family = "atlascloud/studio/";

    // Measured: one choice 0.1408, three 0.3808. That the steps are equal is an assumption.
    private const decimal FurtherChoicePrice = 0.12m;

    // Measured: 0.48 for a body without the defaults, 0.2593 with them. Which default makes the difference is not known.
    private const decimal BareSurcharge = 0.48m - 0.2593m;
    private static readonly string[] s_pricedDefaults = ["visual_type", "ratio", "resolution", "format", "count"];

    internal static bool Applies(string model) => model.StartsWith(Family, StringComparison.OrdinalIgnoreCase);

    internal static BillableUnits Calculate(string model, decimal images, RequestValues values) => model[Family.Length..] switch
    {
        "a-plus-content" => new BillableUnits(1m, Surcharge: FurtherChoicePrice * (CountChoices(values) - 1)),
        "product-visuals" when !s_pricedDefaults.All(values.HasValue) => new BillableUnits(images, Surcharge: BareSurcharge * images),
        _ => new BillableUnits(images),
    };

    /// <summary>The number of choices of the multi-select; 1 if the model has none.</summary>
    internal static int CountChoices(RequestValues values) => values.IsMultiple("visual_type") ? values.Text("visual_type")!.Split(',').Length : 1;
}
