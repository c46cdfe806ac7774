using AtlasCloud.Emulation.Catalog;

namespace AtlasCloud.Emulation.Pricing;

/// <summary>Video is billed per second; model families differ in their surcharges for resolution and audio.</summary>
internal static class VideoPricing
{
    /// <summary>The duration if the request specifies none.</summary>
    internal const decimal DefaultSeconds = 5m;

    private const decimal GrokImagePrice = 0.002m;

    internal static BillableUnits Calculate(CatalogModel model, RequestValues values, Func<string, decimal?> getVideoDuration)
    {
        string resolution = (values.Text("resolution") ?? "").ToLowerInvariant();
        if (SeedanceTokenPricing.Applies(model.Id))
        {
            return SeedanceTokenPricing.Calculate(model, values, resolution, getVideoDuration);
        }

        (decimal seconds, bool isPartial) = GetDuration(values, getVideoDuration);
        decimal factor = 1m;
        decimal extra = 0m;
        if (model.Id.StartsWith("google/veo3.1-fast", StringComparison.OrdinalIgnoreCase))
        {
            factor = resolution switch { "1080p" => 1.25m, "4k" => 3.125m, _ => 1m } * (values.Flag("generate_audio") ? 1.2m : 1m);
        }
        else if (model.Id.StartsWith("google/veo3.1", StringComparison.OrdinalIgnoreCase))
        {
            factor = (resolution == "4k" ? 2m : 1m) * (values.Flag("generate_audio") ? 2m : 1m);
        }
        else if (model.Id.StartsWith("kwaivgi/", StringComparison.OrdinalIgnoreCase))
        {
            factor = values.Flag("sound") ? 2m : 1m;
        }
        else if (model.Id.StartsWith("xai/grok-imagine-video", StringComparison.OrdinalIgnoreCase))
        {
            factor = resolution == "480p" ? 1m : 1.4m;
            extra = GrokImagePrice * values.Count("image_url");
        }

        return new BillableUnits(seconds * factor, extra, IsEstimated: isPartial, IsPartial: isPartial);
    }

    /// <summary>The output duration: as requested, otherwise that of the input video.</summary>
    internal static (decimal Seconds, bool IsPartial) GetDuration(RequestValues values, Func<string, decimal?> getVideoDuration)
    {
        if (values.Number("duration") is { } duration)
        {
            return (duration < 0m ? DefaultSeconds : duration, false);
        }

        return (values.FirstText("video", "video_url") ?? values.List("reference_video").FirstOrDefault()?.ToString()) is { } address
            ? getVideoDuration(address) is { } length ? (length, false) : (DefaultSeconds, true)
            : (DefaultSeconds, false);
    }
}
