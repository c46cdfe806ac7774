using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace AtlasCloud.Bench.Server;

/// <summary>A PNG file of a given size: a header, one chunk with all the data, and the end.</summary>
internal static class Picture
{
    // Signature and header chunk, length and name of the data chunk and its checksum, and the end chunk.
    private const int Frame = 8 + 25 + 12 + 12;
    private static readonly byte[] s_block = CreateBlock();

    internal static async Task SendAsync(HttpContext context, long bytes)
    {
        context.Response.ContentType = "image/png";
        context.Response.ContentLength = bytes;
        PipeWriter writer = context.Response.BodyWriter;
        writer.Write(Start(bytes - Frame));
        for (long left = bytes - Frame; left > 0; left -= s_block.Length)
        {
            await writer.WriteAsync(s_block.AsMemory(0, (int)Math.Min(left, s_block.Length)), context.RequestAborted).ConfigureAwait(false);
        }

        await writer.WriteAsync(End(), context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Writes a file of the size to upload.</summary>
    internal static void Write(string path, long bytes)
    {
        using FileStream file = File.Create(path);
        file.Write(Start(bytes - Frame));
        for (long left = bytes - Frame; left > 0; left -= s_block.Length)
        {
            file.Write(s_block.AsSpan(0, (int)Math.Min(left, s_block.Length)));
        }

        file.Write(End());
    }

    private static byte[] Start(long dataLength)
    {
        byte[] start = new byte[8 + 25 + 8];
        new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10 }.CopyTo(start, 0);
        BinaryPrimitives.WriteInt32BigEndian(start.AsSpan(8), 13);
        Encoding.ASCII.GetBytes("IHDR", start.AsSpan(12));
        BinaryPrimitives.WriteInt32BigEndian(start.AsSpan(16), 1024);
        BinaryPrimitives.WriteInt32BigEndian(start.AsSpan(20), 1024);
        start[24] = 8;
        start[25] = 2;
        BinaryPrimitives.WriteUInt32BigEndian(start.AsSpan(33), (uint)dataLength);
        Encoding.ASCII.GetBytes("IDAT", start.AsSpan(37));
        return start;
    }

    // The checksum of the data, which no client checks, then an empty chunk IEND.
    private static byte[] End()
    {
        byte[] end = new byte[16];
        Encoding.ASCII.GetBytes("IEND", end.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(end.AsSpan(12), 0xAE426082);
        return end;
    }

    private static byte[] CreateBlock()
    {
        byte[] block = new byte[256 * 1024];
        new Random(1).NextBytes(block);
        return block;
    }

    private static void Write(this PipeWriter writer, byte[] bytes)
    {
        bytes.CopyTo(writer.GetSpan(bytes.Length));
        writer.Advance(bytes.Length);
    }
}
