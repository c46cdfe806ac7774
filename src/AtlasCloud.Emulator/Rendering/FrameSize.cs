using System.Globalization;
using AtlasCloud.Emulation.Pricing;

namespace AtlasCloud.Emulation.Rendering;

/// <summary>Width and height in pixels.</summary>
internal readonly record struct FrameSize(int Width, int Height)
{
    private const int Minimum = 16;
    private const int Maximum = 4096;

    private static readonly char[] s_separators = ['*', 'x', 'X', ':'];

    /// <summary>The requested image size: by size, by width and height, or by aspect ratio and resolution.</summary>
    internal static FrameSize ForImage(RequestValues values)
    {
        if (ParsePair(values.FirstText("size", "image_size")) is { Width: >= Minimum } size)
        {
            return size.ClampSize();
        }

        if (values.Number("width") is { } width && values.Number("height") is { } height)
        {
            return new FrameSize((int)Math.Clamp(width, 0m, 100_000m), (int)Math.Clamp(height, 0m, 100_000m)).ClampSize();
        }

        int side = (values.Text("resolution") ?? "").ToLowerInvariant() switch
        {
            "2k" => 2048,
            "4k" => 4096,
            "512" or "0.5k" => 512,
            _ => 1024,
        };
        return FromAspectRatio(values, side, new FrameSize(1, 1)).ClampSize();
    }

    /// <summary>The requested video size, scaled down to keep files small.</summary>
    internal static FrameSize ForVideo(RequestValues values)
    {
        FrameSize requested = ParsePair(values.Text("size")) is { Width: >= Minimum } size
            ? size
            : values.Number("width") is { } width and > 0m && values.Number("height") is { } height and > 0m
                ? new FrameSize((int)Math.Min(width, 100_000m), (int)Math.Min(height, 100_000m))
                : FromAspectRatio(values, 1280, new FrameSize(16, 9));
        return requested.Scale(128.0 / Math.Max(requested.Width, requested.Height)).RoundToEven();
    }

    private static FrameSize FromAspectRatio(RequestValues values, int longSide, FrameSize defaultRatio)
    {
        FrameSize ratio = ParsePair(values.FirstText("aspect_ratio", "ratio")) ?? defaultRatio;
        return ratio.Scale((double)longSide / Math.Max(ratio.Width, ratio.Height));
    }

    private static FrameSize? ParsePair(string? text)
    {
        string[] parts = (text ?? "").Split(s_separators);
        return parts.Length == 2 &&
            int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int width) &&
            int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int height) &&
            width > 0 && height > 0
            ? new FrameSize(width, height)
            : null;
    }

    private FrameSize Scale(double factor) => new((int)Math.Round(Width * factor), (int)Math.Round(Height * factor));

    private FrameSize ClampSize()
    {
        FrameSize scaled = Math.Max(Width, Height) > Maximum ? Scale((double)Maximum / Math.Max(Width, Height)) : this;
        return new FrameSize(Math.Max(scaled.Width, Minimum), Math.Max(scaled.Height, Minimum));
    }

    private FrameSize RoundToEven() => new(Math.Max(Width / 2 * 2, Minimum), Math.Max(Height / 2 * 2, Minimum));
}
