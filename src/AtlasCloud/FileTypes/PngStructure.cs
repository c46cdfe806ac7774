namespace AtlasCloud.FileTypes;

/// <summary>The chunks of a PNG file, which end with IEND.</summary>
internal static class PngStructure
{
    private const int SignatureLength = 8;

    // Length, type and checksum of a chunk.
    private const int Overhead = 12;

    /// <summary>Returns what is missing; null if the file is complete. Data after the end is allowed.</summary>
    internal static string? FindDamage(Stream file)
    {
        bool hasData = false;
        long offset = SignatureLength;
        Span<byte> type = stackalloc byte[4];
        for (int chunks = 0; chunks < FileStructure.MaxParts; chunks++)
        {
            if (FileStructure.ReadUInt32(file, offset, isBigEndian: true) is not uint length || !FileStructure.TryRead(file, offset + sizeof(uint), type))
            {
                break;
            }

            if (type.SequenceEqual("IEND"u8))
            {
                return !hasData ? "its pixel data" : offset + Overhead <= file.Length ? null : "its end";
            }

            if (!type.ToArray().All(b => char.IsAsciiLetter((char)b)))
            {
                break;
            }

            hasData |= type.SequenceEqual("IDAT"u8);
            offset += length + (long)Overhead;
        }

        return "its end";
    }
}
