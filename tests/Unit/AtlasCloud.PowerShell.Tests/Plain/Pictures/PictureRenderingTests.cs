using System.Text.RegularExpressions;
using AtlasCloud.Pictures;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.PixelFormats;

namespace AtlasCloud.PowerShell.Tests.Plain;

public sealed partial class PictureRenderingTests
{
    [Theory]
    [InlineData(1000, 500, 80, 40)]
    [InlineData(500, 1000, 22, 44)]
    [InlineData(10, 4, 10, 4)]
    [InlineData(20_000, 1, 80, 1)]
    public void Blocks_fit_the_area_and_are_not_enlarged(int width, int height, int columns, int pixelRows)
    {
        string text = Render(PictureDecoderTests.Gradient(width, height), PictureProtocol.Blocks, new PictureArea(80, 22));
        string[] lines = Escapes().Replace(text, "").TrimEnd('\n').Split('\n');

        Assert.Equal((pixelRows + 1) / 2, lines.Length);
        Assert.All(lines, line => Assert.Equal(columns, line.Length));
    }

    [Fact]
    public void Blocks_show_two_pixels_per_cell_and_leave_transparent_ones_out()
    {
        using Image<Rgba32> image = new(2, 2);
        image[0, 0] = new Rgba32(255, 0, 0);
        image[0, 1] = new Rgba32(0, 0, 255);
        image[1, 1] = new Rgba32(0, 255, 0);

        Assert.Equal("\u001b[0;38;2;255;0;0;48;2;0;0;255m▀\u001b[0;38;2;0;255;0m▄\u001b[0m\n", Render(image, PictureProtocol.Blocks, new PictureArea(80, 22)));
    }

    [Fact]
    public void Sixels_have_the_size_and_the_colors_of_the_picture()
    {
        using Image<Rgba32> image = PictureDecoderTests.Gradient(30, 14);
        (int Red, int Green, int Blue)?[,] pixels = ReadSixels(Render(image, PictureProtocol.Sixel, new PictureArea(80, 22)), 30, 14);

        for (int y = 0; y < 14; y++)
        {
            for (int x = 0; x < 30; x++)
            {
                (int red, int green, int blue) = pixels[x, y]!.Value;
                Assert.InRange(Math.Abs(red - image[x, y].R) + Math.Abs(green - image[x, y].G) + Math.Abs(blue - image[x, y].B), 0, 90);
            }
        }
    }

    [Fact]
    public void Sixels_leave_transparent_pixels_out()
    {
        using Image<Rgba32> image = new(3, 7);
        image[2, 6] = new Rgba32(255, 255, 255);

        (int, int, int)?[,] pixels = ReadSixels(Render(image, PictureProtocol.Sixel, new PictureArea(80, 22)), 3, 7);

        Assert.Single(pixels.Cast<(int, int, int)?>(), p => p is not null);
        Assert.NotNull(pixels[2, 6]);
    }

    [Fact]
    public void Kitty_receives_a_scaled_png_in_chunks_and_does_not_answer()
    {
        Image<Rgba32> image = new(900, 600);
        Random random = new(1);
        image.ProcessPixelRows(rows =>
        {
            for (int y = 0; y < rows.Height; y++)
            {
                random.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(rows.GetRowSpan(y)));
            }
        });

        string text = Render(image, PictureProtocol.Kitty, new PictureArea(20, 10, 9, 18));
        MatchCollection chunks = Kitty().Matches(text);

        Assert.True(chunks.Count > 2);
        Assert.Equal(text, string.Concat(chunks.Select(c => c.Value)) + "\n");
        Assert.Equal("a=T,f=100,q=2,m=1", chunks[0].Groups[1].Value);
        Assert.Equal("m=0", chunks[^1].Groups[1].Value);
        Assert.All(chunks, c => Assert.InRange(c.Groups[2].Length, 1, 4096));
        IImageInfo png = Image.Identify(Convert.FromBase64String(string.Concat(chunks.Select(c => c.Groups[2].Value))));
        Assert.Equal((180, 120), (png.Width, png.Height));
    }

    [Fact]
    public void ITerm2_receives_a_scaled_png_with_its_size()
    {
        string text = Render(PictureDecoderTests.Gradient(900, 600), PictureProtocol.ITerm2, new PictureArea(20, 10, 9, 18));

        Match match = Inline().Match(text);
        Assert.Equal(("180", "120"), (match.Groups[1].Value, match.Groups[2].Value));
        Assert.Equal(180, Image.Identify(Convert.FromBase64String(match.Groups[3].Value)).Width);
    }

    private static string Render(Image<Rgba32> image, PictureProtocol protocol, PictureArea area)
    {
        using MemoryStream file = new();
        image.Save(file, new PngEncoder());
        using Picture picture = PictureDecoderTests.Load(file.ToArray());
        return picture.Render(protocol, area);
    }

    private static (int Red, int Green, int Blue)?[,] ReadSixels(string text, int width, int height)
    {
        Assert.StartsWith($"\u001bP0;1;0q\"1;1;{width};{height}#", text, StringComparison.Ordinal);
        Assert.EndsWith("\u001b\\\n", text, StringComparison.Ordinal);
        (int, int, int)?[,] pixels = new (int, int, int)?[width, height];
        Dictionary<int, (int, int, int)> palette = [];
        (int x, int top, int color) = (0, 0, 0);
        foreach (Match token in Sixel().Matches(text[(text.IndexOf('#', StringComparison.Ordinal))..^3]))
        {
            int Number(int group) => int.Parse(token.Groups[group].Value, null);
            switch (token.Value[0])
            {
                case '#' when token.Groups[2].Success:
                    palette[Number(1)] = (Number(2) * 255 / 100, Number(3) * 255 / 100, Number(4) * 255 / 100);
                    break;
                case '#':
                    color = Number(1);
                    break;
                case '$':
                    x = 0;
                    break;
                case '-':
                    (x, top) = (0, top + 6);
                    break;
                default:
                    for (int count = token.Groups[5].Success ? Number(5) : 1; count > 0; count--, x++)
                    {
                        for (int bit = 0; bit < 6; bit++)
                        {
                            if (((token.Groups[6].Value[0] - '?') & (1 << bit)) != 0)
                            {
                                pixels[x, top + bit] = palette[color];
                            }
                        }
                    }

                    break;
            }
        }

        return pixels;
    }

    [GeneratedRegex(@"#(\d+)(?:;2;(\d+);(\d+);(\d+))?|\$|-|(?:!(\d+))?([?-~])")]
    private static partial Regex Sixel();

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex Escapes();

    [GeneratedRegex("\u001b_G([^;]*);([A-Za-z0-9+/=]*)\u001b\\\\")]
    private static partial Regex Kitty();

    [GeneratedRegex("^\u001b]1337;File=inline=1;width=(\\d+)px;height=(\\d+)px;preserveAspectRatio=1:([A-Za-z0-9+/=]+)\u0007\n$")]
    private static partial Regex Inline();
}
