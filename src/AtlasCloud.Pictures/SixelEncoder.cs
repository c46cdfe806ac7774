using System.Globalization;
using System.Text;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing.Processors.Quantization;

namespace AtlasCloud.Pictures;

/// <summary>Encodes as sixels: bands of six rows, each drawn once per color.</summary>
internal static class SixelEncoder
{
    private const int BandHeight = 6;
    private const int MaxColors = 256;
    private const byte Opaque = 128;

    internal static string Encode(Image<Rgba32> image)
    {
        using IQuantizer<Rgba32> quantizer = new WuQuantizer(new QuantizerOptions { MaxColors = MaxColors }).CreatePixelSpecificQuantizer<Rgba32>(Configuration.Default);
        using IndexedImageFrame<Rgba32> indexed = quantizer.BuildPaletteAndQuantizeFrame(image.Frames.RootFrame, image.Bounds());
        StringBuilder text = new(image.Width * image.Height);

        // The second parameter leaves pixels without a color as they are, and the raster attributes give the size.
        text.Append(CultureInfo.InvariantCulture, $"\u001bP0;1;0q\"1;1;{image.Width};{image.Height}");
        ReadOnlySpan<Rgba32> palette = indexed.Palette.Span;
        for (int i = 0; i < palette.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"#{i};2;{Percent(palette[i].R)};{Percent(palette[i].G)};{Percent(palette[i].B)}");
        }

        for (int top = 0; top < image.Height; top += BandHeight)
        {
            AppendBand(text, image, indexed, top, palette.Length);
        }

        return text.Append("\u001b\\\n").ToString();
    }

    private static int Percent(byte value) => (int)Math.Round(value * 100 / 255.0);

    private static void AppendBand(StringBuilder text, Image<Rgba32> image, IndexedImageFrame<Rgba32> indexed, int top, int colors)
    {
        int width = image.Width;
        byte[]?[] masks = new byte[]?[colors];
        for (int row = 0; row < BandHeight && top + row < image.Height; row++)
        {
            ReadOnlySpan<byte> indexes = indexed.DangerousGetRowSpan(top + row);
            for (int x = 0; x < width; x++)
            {
                if (image[x, top + row].A >= Opaque)
                {
                    (masks[indexes[x]] ??= new byte[width])[x] |= (byte)(1 << row);
                }
            }
        }

        bool isFirst = true;
        for (int color = 0; color < colors; color++)
        {
            if (masks[color] is byte[] mask)
            {
                // $ returns to the start of the band.
                text.Append(isFirst ? "" : "$").Append('#').Append(color);
                AppendRow(text, mask);
                isFirst = false;
            }
        }

        text.Append('-');
    }

    private static void AppendRow(StringBuilder text, byte[] mask)
    {
        for (int start = 0, end; start < mask.Length; start = end)
        {
            end = start + 1;
            while (end < mask.Length && mask[end] == mask[start])
            {
                end++;
            }

            char sixel = (char)('?' + mask[start]);
            int count = end - start;
            if (mask[start] == 0 && end == mask.Length)
            {
                return;
            }

            _ = count > 3 ? text.Append('!').Append(count).Append(sixel) : text.Append(sixel, count);
        }
    }
}
