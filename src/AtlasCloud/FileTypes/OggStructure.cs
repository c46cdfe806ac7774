namespace AtlasCloud.FileTypes;

/// <summary>The pages of an Ogg file.</summary>
internal static class OggStructure
{
    private const int HeaderLength = 27;

    /// <summary>Returns what is missing; null if the file ends with a whole page.</summary>
    internal static string? FindDamage(Stream file)
    {
        long offset = 0;
        Span<byte> header = stackalloc byte[HeaderLength];
        byte[] segments = new byte[byte.MaxValue];
        for (int pages = 0; pages < FileStructure.MaxParts && offset < file.Length && FileStructure.TryRead(file, offset, header) && header.StartsWith("OggS"u8); pages++)
        {
            Span<byte> lengths = segments.AsSpan(0, header[^1]);
            if (!FileStructure.TryRead(file, offset + HeaderLength, lengths))
            {
                break;
            }

            offset += HeaderLength + lengths.Length;
            foreach (byte length in lengths)
            {
                offset += length;
            }
        }

        return offset == file.Length ? null : "the end of a page";
    }
}
