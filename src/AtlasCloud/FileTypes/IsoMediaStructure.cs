using System.Buffers.Binary;

namespace AtlasCloud.FileTypes;

/// <summary>The boxes of files such as MP4, MOV, M4A, AVIF and HEIC. Each has a length, and one of them describes the content.</summary>
internal static class IsoMediaStructure
{
    private const int HeaderLength = 8;
    private const int LongHeaderLength = 16;
    private const int MaxEmbeddedLength = 64 * 1024;

    /// <summary>Returns what is missing; null if the file is complete.</summary>
    internal static string? FindDamage(Stream file)
    {
        bool isDescribed = false;
        bool hasContent = false;
        long offset = 0;
        Span<byte> header = stackalloc byte[HeaderLength];
        for (int boxes = 0; offset < file.Length; boxes++)
        {
            // Some encoders pad the file at the end.
            if (!FileStructure.TryRead(file, offset, header) || !IsType(header[4..]))
            {
                return isDescribed && hasContent ? null : "its end";
            }

            isDescribed |= header[4..].SequenceEqual("moov"u8) || header[4..].SequenceEqual("moof"u8) || header[4..].SequenceEqual("meta"u8);
            long length = ReadLength(file, offset, header);
            hasContent |= header[4..].SequenceEqual("mdat"u8) || (header[4..].SequenceEqual("meta"u8) && HasEmbeddedContent(file, offset, length));
            if (length == 0)
            {
                // Until the end of the file, wherever that is.
                break;
            }

            if (boxes == FileStructure.MaxParts || length < HeaderLength || length > file.Length - offset)
            {
                return "its end";
            }

            offset += length;
        }

        return !isDescribed ? "its description" : !hasContent ? "its content" : null;
    }

    // A small image can be inside the box that describes it.
    private static bool HasEmbeddedContent(Stream file, long offset, long length)
    {
        byte[] box = new byte[(int)Math.Clamp(length, 0, MaxEmbeddedLength)];
        return FileStructure.TryRead(file, offset, box) && box.AsSpan().IndexOf("idat"u8) >= 0;
    }

    private static long ReadLength(Stream file, long offset, ReadOnlySpan<byte> header)
    {
        uint length = BinaryPrimitives.ReadUInt32BigEndian(header);
        if (length != 1)
        {
            return length;
        }

        Span<byte> longHeader = stackalloc byte[LongHeaderLength];
        return FileStructure.TryRead(file, offset, longHeader) ? BinaryPrimitives.ReadInt64BigEndian(longHeader[HeaderLength..]) : long.MaxValue;
    }

    private static bool IsType(ReadOnlySpan<byte> type)
    {
        foreach (byte b in type)
        {
            if (b is not (0xA9 or (>= 0x20 and <= 0x7E)))
            {
                return false;
            }
        }

        return true;
    }
}
