using System.Globalization;
using AtlasCloud.Emulation.Pricing;

namespace AtlasCloud.Emulation.Rendering;

/// <summary>Width and height in pixels.</summary>
internal readonly record struct FrameSize(int Width, int Height)
{
    private const int Minimum = 16;
    private const int Maximum = 4096;

    private static readonly char[] s_separators = ['*', 'x', 'X', ':'];

    /// <summary>What a request asks for, by size, by width and height, or by shape and resolution.</summary>
    internal static FrameSize OfImage(RequestValues values)
    {
        if (Pair(values.FirstText("size", "image_size")) is { Width: >= Minimum } size)
        {
            return size.Limited();
        }

        if (values.Number("width") is { } width && values.Number("height") is { } height)
        {
            return new FrameSize((int)Math.Clamp(width, 0m, 100_000m), (int)Math.Clamp(height, 0m, 100_000m)).Limited();
        }

        int side = (values.Text("resolution") ?? "").ToLowerInvariant() switch
        {
            "2k" => 2048,
            "4k" => 4096,
            "512" or "0.5k" => 512,
            _ => 1024,
        };
        return Shaped(values, side, new FrameSize(1, 1)).Limited();
    }

    /// <summary>The shape of a video, small: what matters is that it plays.</summary>
    internal static FrameSize OfVideo(RequestValues values)
    {
        FrameSize asked = Pair(values.Text("size")) is { Width: >= Minimum } size
            ? size
            : values.Number("width") is { } width and > 0m && values.Number("height") is { } height and > 0m
                ? new FrameSize((int)Math.Min(width, 100_000m), (int)Math.Min(height, 100_000m))
                : Shaped(values, 1280, new FrameSize(16, 9));
        return asked.Scaled(128.0 / Math.Max(asked.Width, asked.Height)).Even();
    }

    private static FrameSize Shaped(RequestValues values, int longSide, FrameSize usual)
    {
        FrameSize ratio = Pair(values.FirstText("aspect_ratio", "ratio")) ?? usual;
        return ratio.Scaled((double)longSide / Math.Max(ratio.Width, ratio.Height));
    }

    private static FrameSize? Pair(string? text)
    {
        string[] parts = (text ?? "").Split(s_separators);
        return parts.Length == 2 &&
            int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int width) &&
            int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int height) &&
            width > 0 && height > 0
            ? new FrameSize(width, height)
            : null;
    }

    private FrameSize Scaled(double factor) => new((int)Math.Round(Width * factor), (int)Math.Round(Height * factor));

    private FrameSize Limited()
    {
        FrameSize fitting = Math.Max(Width, Height) > Maximum ? Scaled((double)Maximum / Math.Max(Width, Height)) : this;
        return new FrameSize(Math.Max(fitting.Width, Minimum), Math.Max(fitting.Height, Minimum));
    }

    private FrameSize Even() => new(Math.Max(Width / 2 * 2, Minimum), Math.Max(Height / 2 * 2, Minimum));
}
