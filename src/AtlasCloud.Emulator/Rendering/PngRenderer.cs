using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace AtlasCloud.Emulation.Rendering;

/// <summary>Renders palette PNG images. The prompt and ID determine the image; the ID makes the bytes unique.</summary>
internal static class PngRenderer
{
    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    internal static byte[] Render(FrameSize size, string id, string prompt)
    {
        Random random = SeededRandom.Create(prompt + id);
        using MemoryStream png = new();
        png.Write(Signature);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, size.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), size.Height);
        header[8] = 8;
        header[9] = 3;
        WriteChunk(png, "IHDR"u8, header);
        WriteChunk(png, "PLTE"u8, Palette.Create(random));
        WriteChunk(png, "tEXt"u8, Encoding.Latin1.GetBytes("Comment\0AtlasCloud emulator " + id));
        WriteChunk(png, "IDAT"u8, CompressPixels(size, new Picture(size, random)));
        WriteChunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static byte[] CompressPixels(FrameSize size, Picture picture)
    {
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            // The first byte of each line is its filter type; 0 means none.
            byte[] line = new byte[size.Width + 1];
            for (int y = 0; y < size.Height; y++)
            {
                picture.DrawLine(y, line.AsSpan(1));
                zlib.Write(line);
            }
        }

        return packed.ToArray();
    }

    private static void WriteChunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        byte[] body = [.. type, .. data];
        png.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Compute(body));
        png.Write(number);
    }
}
