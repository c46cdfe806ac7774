namespace AtlasCloud.FileTypes;

/// <summary>The segments and scans of a JPEG file, which end with the marker EOI.</summary>
internal static class JpegStructure
{
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;

    /// <summary>Returns what is missing; null if the file is complete. Data after the end is allowed.</summary>
    internal static string? FindDamage(Stream file)
    {
        bool hasScan = false;
        long offset = 2;
        Span<byte> head = stackalloc byte[4];
        for (int segments = 0; segments < FileStructure.MaxParts && FindMarker(file, offset) is (long position, byte marker); segments++)
        {
            if (marker == EndOfImage)
            {
                return hasScan ? null : "its pixel data";
            }

            // A segment has a length, which counts itself. Bytes of a scan follow the segment, and FindMarker skips them.
            if (!FileStructure.TryRead(file, position, head))
            {
                break;
            }

            hasScan |= marker == StartOfScan;
            offset = position + 2 + Math.Max(2, (head[2] << 8) | head[3]);
        }

        return "its end";
    }

    // The next marker that is not part of a scan: FF00 is an escaped byte, FFD0 to FFD7 restart a scan, and FF01 has no content either.
    private static (long Position, byte Marker)? FindMarker(Stream file, long offset)
    {
        if (offset >= file.Length)
        {
            return null;
        }

        file.Position = offset;
        bool isEscape = false;
        for (int value; (value = file.ReadByte()) >= 0; offset++)
        {
            if (isEscape && value is not (0 or 1 or (>= 0xD0 and <= 0xD7) or 0xFF))
            {
                return (offset - 1, (byte)value);
            }

            isEscape = value == 0xFF;
        }

        return null;
    }
}
