using System.Buffers.Binary;

namespace AtlasCloud.FileTypes;

/// <summary>Reads the size of an image from its header, without decoding it.</summary>
internal static class ImageDimensions
{
    // Metadata comes before the size in JPEG and HEIC files. Behind more of it the size counts as unknown.
    private const int MaxSegments = 1000;
    private const int MaxHeicHeaderLength = 64 * 1024;
    private const int MaxTiffEntries = 512;

    /// <summary>Returns width and height in pixels; null if the format has no reader here or the header is damaged.</summary>
    internal static (int Width, int Height)? Read(Stream file, FileType type)
    {
        (long Width, long Height)? size = type.Extension switch
        {
            ".png" => Pair(FileStructure.ReadUInt32(file, 16, isBigEndian: true), FileStructure.ReadUInt32(file, 20, isBigEndian: true)),
            ".jpg" or ".jpeg" => ReadJpeg(file),
            ".gif" => ReadGif(file),
            ".bmp" => ReadBmp(file),
            ".webp" => ReadWebp(file),
            ".tif" or ".tiff" => ReadTiff(file),
            ".heic" or ".heif" => ReadHeic(file),
            _ => null,
        };
        return size is (long width, long height) && width is > 0 and <= int.MaxValue && height is > 0 and <= int.MaxValue ? ((int)width, (int)height) : null;
    }

    private static (long, long)? Pair(uint? width, uint? height) => width is uint w && height is uint h ? (w, h) : null;

    private static (long, long)? ReadJpeg(Stream file)
    {
        Span<byte> segment = stackalloc byte[9];
        long offset = 2;
        for (int count = 0; count < MaxSegments && FileStructure.TryRead(file, offset, segment) && segment[0] == 0xFF; count++)
        {
            // SOF0 to SOF15 start a frame; C4, C8 and CC among them are tables.
            if (segment[1] is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return (BinaryPrimitives.ReadUInt16BigEndian(segment[7..]), BinaryPrimitives.ReadUInt16BigEndian(segment[5..]));
            }

            offset += segment[1] == 0xFF ? 1 : 2 + BinaryPrimitives.ReadUInt16BigEndian(segment[2..]);
        }

        return null;
    }

    private static (long, long)? ReadGif(Stream file)
    {
        Span<byte> size = stackalloc byte[4];
        return FileStructure.TryRead(file, 6, size) ? (BinaryPrimitives.ReadUInt16LittleEndian(size), BinaryPrimitives.ReadUInt16LittleEndian(size[2..])) : null;
    }

    // A negative height means that the first row is the top one.
    private static (long, long)? ReadBmp(Stream file)
    {
        Span<byte> size = stackalloc byte[8];
        return FileStructure.ReadUInt32(file, 14, isBigEndian: false) is not >= 40u || !FileStructure.TryRead(file, 18, size) ? null
            : (BinaryPrimitives.ReadInt32LittleEndian(size), Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(size[4..])));
    }

    private static (long, long)? ReadWebp(Stream file)
    {
        Span<byte> head = stackalloc byte[30];
        if (!FileStructure.TryRead(file, 0, head))
        {
            return null;
        }

        ReadOnlySpan<byte> chunk = head[12..16];
        if (chunk.SequenceEqual("VP8X"u8))
        {
            return (1 + (head[24] | head[25] << 8 | head[26] << 16), 1 + (head[27] | head[28] << 8 | head[29] << 16));
        }

        if (chunk.SequenceEqual("VP8L"u8))
        {
            uint bits = BinaryPrimitives.ReadUInt32LittleEndian(head[21..]);
            return (1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF));
        }

        return chunk.SequenceEqual("VP8 "u8)
            ? (BinaryPrimitives.ReadUInt16LittleEndian(head[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(head[28..]) & 0x3FFF)
            : null;
    }

    private static (long, long)? ReadTiff(Stream file)
    {
        Span<byte> entry = stackalloc byte[12];
        if (!FileStructure.TryRead(file, 0, entry) || entry[2] != 42 && entry[3] != 42)
        {
            return null;
        }

        bool isBig = entry[0] == 'M';
        long directory = isBig ? BinaryPrimitives.ReadUInt32BigEndian(entry[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]);
        uint? width = null;
        uint? height = null;
        for (int index = 0; index < MaxTiffEntries && (width is null || height is null) && FileStructure.TryRead(file, directory + 2 + 12 * index, entry); index++)
        {
            int tag = ReadUInt16(entry, isBig);
            uint value = ReadUInt16(entry[2..], isBig) == 3 ? ReadUInt16(entry[8..], isBig)
                : isBig ? BinaryPrimitives.ReadUInt32BigEndian(entry[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]);
            width = tag == 256 ? value : width;
            height = tag == 257 ? value : height;
        }

        return Pair(width, height);
    }

    // The image and its tiles and thumbnails each have a box with their size; the image is the largest.
    private static (long, long)? ReadHeic(Stream file)
    {
        byte[] head = new byte[(int)Math.Min(file.Length, MaxHeicHeaderLength)];
        if (!FileStructure.TryRead(file, 0, head))
        {
            return null;
        }

        (long Width, long Height)? best = null;
        for (int at = 0; head.AsSpan(at).IndexOf("ispe"u8) is int found and >= 0 && at + found + 16 <= head.Length; at += found + 4)
        {
            ReadOnlySpan<byte> box = head.AsSpan(at + found + 8);
            (long width, long height) = (BinaryPrimitives.ReadUInt32BigEndian(box), BinaryPrimitives.ReadUInt32BigEndian(box[4..]));
            best = best is (long w, long h) && w * h >= width * height ? best : (width, height);
        }

        return best;
    }

    private static ushort ReadUInt16(ReadOnlySpan<byte> bytes, bool isBigEndian) =>
        isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
