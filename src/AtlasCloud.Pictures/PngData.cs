using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Png;

namespace AtlasCloud.Pictures;

/// <summary>A picture as Base64 of a PNG file without any metadata.</summary>
internal static class PngData
{
    private static readonly PngEncoder s_encoder = new() { IgnoreMetadata = true, ColorType = PngColorType.RgbWithAlpha, BitDepth = PngBitDepth.Bit8 };

    internal static string Create(Image image)
    {
        using MemoryStream file = new();
        image.Save(file, s_encoder);
        return Convert.ToBase64String(file.GetBuffer(), 0, (int)file.Length);
    }
}
