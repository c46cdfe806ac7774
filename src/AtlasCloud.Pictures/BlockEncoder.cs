using System.Globalization;
using System.Text;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace AtlasCloud.Pictures;

/// <summary>Encodes as half blocks: each cell shows two pixels, the upper one as the color of the character, the lower one as that of the background.</summary>
internal static class BlockEncoder
{
    private const char Upper = '\u2580';
    private const char Lower = '\u2584';
    private const byte Opaque = 128;

    internal static string Encode(Image<Rgba32> image)
    {
        StringBuilder text = new(image.Width * image.Height * 20);
        for (int y = 0; y < image.Height; y += 2)
        {
            string last = "";
            for (int x = 0; x < image.Width; x++)
            {
                Rgba32 lower = y + 1 < image.Height ? image[x, y + 1] : default;
                (string color, char cell) = Cell(image[x, y], lower);
                if (color != last)
                {
                    text.Append("\u001b[0").Append(color).Append('m');
                    last = color;
                }

                text.Append(cell);
            }

            text.Append("\u001b[0m\n");
        }

        return text.ToString();
    }

    private static (string Color, char Cell) Cell(Rgba32 upper, Rgba32 lower) => (upper.A >= Opaque, lower.A >= Opaque) switch
    {
        (true, true) => ($"{Code(38, upper)}{Code(48, lower)}", Upper),
        (true, false) => (Code(38, upper), Upper),
        (false, true) => (Code(38, lower), Lower),
        _ => ("", ' '),
    };

    private static string Code(int target, Rgba32 color) => string.Create(CultureInfo.InvariantCulture, $";{target};2;{color.R};{color.G};{color.B}");
}
