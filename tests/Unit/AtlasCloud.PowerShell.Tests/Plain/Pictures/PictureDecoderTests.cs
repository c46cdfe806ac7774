using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using AtlasCloud.Pictures;
using AtlasCloud.Tests;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Tiff;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.PixelFormats;

namespace AtlasCloud.PowerShell.Tests.Plain;

public sealed class PictureDecoderTests
{
    private static readonly Dictionary<string, IImageEncoder> s_encoders = new(StringComparer.Ordinal)
    {
        ["png"] = new PngEncoder(),
        ["jpg"] = new JpegEncoder(),
        ["gif"] = new GifEncoder(),
        ["webp"] = new WebpEncoder(),
        ["bmp"] = new BmpEncoder(),
    };

    public static TheoryData<string> Formats => [.. s_encoders.Keys];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Picture_of_each_format_is_decoded(string format)
    {
        using Picture picture = Load(Encode(s_encoders[format]));

        Assert.Equal((24, 16), (picture.Width, picture.Height));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Truncated_or_changed_file_is_decoded_or_an_error_of_ours(string format)
    {
        byte[] file = Encode(s_encoders[format]);
        Random random = new(20261126);
        for (int i = 0; i < (TestForm.IsLong ? 20_000 : 400); i++)
        {
            byte[] changed = file[..random.Next(file.Length + 1)];
            for (int n = random.Next(4); n > 0 && changed.Length > 0; n--)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            }

            try
            {
                Load(changed).Dispose();
            }
            catch (PictureException)
            {
                // What is expected of a damaged file.
            }
        }
    }

    [Theory]
    [InlineData(60_000, 60_000)]
    [InlineData(30_001, 1)]
    [InlineData(10_000, 10_000)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void Picture_with_too_many_pixels_is_refused_before_it_is_decoded(int width, int height)
    {
        byte[] file = Png(width, height);

        PictureException error = Assert.Throws<PictureException>(() => Load(file));
        Assert.Contains($"{width} x {height} pixels", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compressed_metadata_is_not_read()
    {
        byte[] text = [.. "Comment\0\0"u8, .. Deflate(new byte[50_000_000])];
        byte[] file = Png(24, 16, Chunk("zTXt", text));

        long before = GC.GetAllocatedBytesForCurrentThread();
        Load(file).Dispose();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("GIF89a")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("%PDF-1.7")]
    [InlineData("plain text that is longer than any signature of a picture")]
    public void File_that_is_not_a_picture_is_rejected(string content) => Assert.Throws<PictureException>(() => Load(Encoding.ASCII.GetBytes(content)));

    [Fact]
    public void Format_without_need_is_refused() => Assert.Throws<PictureException>(() => Load(Encode(new TiffEncoder())));

    internal static byte[] Encode(IImageEncoder encoder)
    {
        using Image<Rgba32> image = Gradient(24, 16);
        using MemoryStream file = new();
        image.Save(file, encoder);
        return file.ToArray();
    }

    internal static Image<Rgba32> Gradient(int width, int height)
    {
        Image<Rgba32> image = new(width, height);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                image[x, y] = new Rgba32((byte)(x * 255 / Math.Max(1, width - 1)), (byte)(y * 255 / Math.Max(1, height - 1)), 64);
            }
        }

        return image;
    }

    internal static Picture Load(byte[] file)
    {
        using MemoryStream stream = new(file);
        return Picture.Load(stream);
    }

    // One row of black pixels per row, as RGB.
    private static byte[] Png(int width, int height, byte[]? extra = null)
    {
        byte[] header = [0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        byte[] rows = new byte[(int)Math.Min(100_000, (((decimal)width * 3) + 1) * height)];
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR", header), .. extra ?? [], .. Chunk("IDAT", Deflate(rows)), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] typed = [.. Encoding.ASCII.GetBytes(type), .. data];
        byte[] chunk = [0, 0, 0, 0, .. typed, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc(typed));
        return chunk;
    }

    private static uint Crc(byte[] data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }

    private static byte[] Deflate(byte[] data)
    {
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(data);
        }

        return packed.ToArray();
    }
}
