using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Catalog;

namespace AtlasCloud.Emulation.Pricing;

/// <summary>The token rule of the Seedance 2 family; it reproduces every measured quote of it.</summary>
internal static class SeedanceTokens
{
    private const decimal FramesPerSecond = 24m;

    /// <summary>The catalog's base price is that of one second at 480p; a million tokens cost a hundred times as much.</summary>
    private const decimal UnitsPerMillionTokens = 100m;

    /// <summary>Upscaled tiers count the tokens of their source and pay more for each.</summary>
    private const decimal UpscaledFactor = 1.8m;

    internal static bool Applies(string model) => model.StartsWith("bytedance/seedance-2", StringComparison.OrdinalIgnoreCase);

    internal static Measure Of(CatalogModel model, RequestValues values, string resolution, Func<string, decimal?> videoLength)
    {
        decimal seconds = values.Number("duration") is { } duration && duration > 0m ? duration : VideoLength.Default;
        (decimal given, bool partial) = GivenSeconds(values, videoLength);
        bool upscaled = resolution.EndsWith("sr", StringComparison.Ordinal);
        (int width, int height) = Frame(resolution);
        long tokens = (long)decimal.Floor(width * height * ((FramesPerSecond * (seconds + given)) + 1m) / 1024m);
        decimal units = tokens / 1_000_000m * UnitsPerMillionTokens * (upscaled ? UpscaledFactor : 1m);
        return new Measure(units, 0m, tokens, IsEstimated: true, partial);
    }

    private static (int Width, int Height) Frame(string resolution) => resolution switch
    {
        "480p" or "720p-sr" => (864, 496),
        "1080p" or "1440p-sr" => (1920, 1080),
        "4k" => (3840, 2160),
        _ => (1280, 720),
    };

    private static (decimal Seconds, bool IsPartial) GivenSeconds(RequestValues values, Func<string, decimal?> videoLength)
    {
        decimal seconds = 0m;
        bool partial = false;
        foreach (JsonNode? video in values.List("reference_videos"))
        {
            decimal? length = video is null ? null : videoLength(video.ToString());
            partial |= length is null;
            seconds += length ?? 0m;
        }

        return (seconds, partial);
    }
}
