using AtlasCloud.Emulation.Catalog;

namespace AtlasCloud.Emulation.Pricing;

/// <summary>Video is billed by the second; families differ in what resolution and sound add.</summary>
internal static class VideoMeasure
{
    private const decimal GrokImage = 0.002m;

    internal static Measure Of(CatalogModel model, RequestValues values, Func<string, decimal?> videoLength)
    {
        string resolution = (values.Text("resolution") ?? "").ToLowerInvariant();
        if (SeedanceTokens.Applies(model.Id))
        {
            return SeedanceTokens.Of(model, values, resolution, videoLength);
        }

        (decimal seconds, bool partial) = Seconds(values, videoLength);
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
            extra = GrokImage * values.Count("image_url");
        }

        return new Measure(seconds * factor, extra, IsEstimated: partial, IsPartial: partial);
    }

    /// <summary>The seconds of the result: what was asked for, else as long as the video that was given.</summary>
    internal static (decimal Seconds, bool IsPartial) Seconds(RequestValues values, Func<string, decimal?> videoLength)
    {
        if (values.Number("duration") is { } duration)
        {
            return (duration < 0m ? VideoLength.Default : duration, false);
        }

        return values.FirstText("video", "video_url") is { } address
            ? videoLength(address) is { } length ? (length, false) : (VideoLength.Default, true)
            : (VideoLength.Default, false);
    }
}
