using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Catalog;

namespace AtlasCloud.Emulation.Pricing;

/// <summary>The token formula of the Seedance 2 family. It reproduces all measured quotes.</summary>
internal static class SeedanceTokenPricing
{
    private const decimal FramesPerSecond = 24m;

    /// <summary>The catalog's base price is that of one second at 480p; a million tokens cost 100 times as much.</summary>
    private const decimal UnitsPerMillionTokens = 100m;

    /// <summary>Upscaled resolutions are billed by the tokens of their source, at a higher rate.</summary>
    private const decimal UpscaledFactor = 1.8m;

    internal static bool Applies(string model) => model.StartsWith("bytedance/seedance-2", StringComparison.OrdinalIgnoreCase);

    internal static BillableUnits Calculate(CatalogModel model, RequestValues values, string resolution, Func<string, decimal?> getVideoDuration)
    {
        decimal seconds = values.Number("duration") is { } duration && duration > 0m ? duration : VideoPricing.DefaultSeconds;
        (decimal referenceSeconds, bool isPartial) = ReferenceVideoSeconds(values, getVideoDuration);
        bool isUpscaled = resolution.EndsWith("sr", StringComparison.Ordinal);
        (int width, int height) = FrameSize(resolution);
        long tokens = (long)decimal.Floor(width * height * ((FramesPerSecond * (seconds + referenceSeconds)) + 1m) / 1024m);
        decimal units = tokens / 1_000_000m * UnitsPerMillionTokens * (isUpscaled ? UpscaledFactor : 1m);
        return new BillableUnits(units, 0m, tokens, IsEstimated: true, isPartial);
    }

    private static (int Width, int Height) FrameSize(string resolution) => resolution switch
    {
        "480p" or "720p-sr" => (864, 496),
        "1080p" or "1440p-sr" => (1920, 1080),
        "4k" => (3840, 2160),
        _ => (1280, 720),
    };

    private static (decimal Seconds, bool IsPartial) ReferenceVideoSeconds(RequestValues values, Func<string, decimal?> getVideoDuration)
    {
        decimal seconds = 0m;
        bool isPartial = false;
        foreach (JsonNode? video in values.List("reference_videos"))
        {
            decimal? length = video is null ? null : getVideoDuration(video.ToString());
            isPartial |= length is null;
            seconds += length ?? 0m;
        }

        return (seconds, isPartial);
    }
}
