using AtlasCloud.Emulation.Catalog;

namespace AtlasCloud.Emulation.Pricing;

/// <summary>Audio is billed per generation, per minute or per 1,000 characters.</summary>
internal static class AudioPricing
{
    /// <summary>The assumed length of a recording, which a quote cannot measure.</summary>
    private const decimal AssumedMinutes = 1m;
    private const decimal CharactersPerMinute = 900m;

    internal static BillableUnits Calculate(CatalogModel model, RequestValues values)
    {
        int characters = (values.FirstText("text", "prompt") ?? "").Length;
        return (model.Unit ?? DefaultUnit(model)) switch
        {
            "generation" => new BillableUnits(1m),
            "minute" when model.Kind == ModelKind.Transcript => new BillableUnits(AssumedMinutes, IsEstimated: true, IsPartial: true),
            "minute" => new BillableUnits(characters / CharactersPerMinute, IsEstimated: true),
            _ => new BillableUnits(characters / 1000m),
        };
    }

    private static string DefaultUnit(CatalogModel model) => model.Kind switch
    {
        ModelKind.Music or ModelKind.Lyrics => "generation",
        ModelKind.Transcript => "minute",
        _ when model.Id == "bytedance/seed-audio-1.0" => "minute",
        _ => "1k_chars",
    };
}
