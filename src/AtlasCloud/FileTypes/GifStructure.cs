namespace AtlasCloud.FileTypes;

/// <summary>The blocks of a GIF file, which end with a trailer.</summary>
internal static class GifStructure
{
    private const int HeaderLength = 13;
    private const int ImageDescriptorLength = 10;

    /// <summary>Returns what is missing; null if the file is complete. Data after the end is allowed.</summary>
    internal static string? FindDamage(Stream file)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        if (!FileStructure.TryRead(file, 0, header))
        {
            return "its end";
        }

        file.Position = HeaderLength + ColorTableLength(header[10]);
        bool hasImage = false;
        Span<byte> descriptor = stackalloc byte[ImageDescriptorLength - 1];
        while (true)
        {
            switch (file.ReadByte())
            {
                case 0x3B:
                    return hasImage ? null : "its pixel data";
                case 0x21:
                    // The label of an extension.
                    file.Position++;
                    break;
                case 0x2C when file.ReadAtLeast(descriptor, descriptor.Length, throwOnEndOfStream: false) == descriptor.Length:
                    // The color table, and the size of the codes.
                    file.Position += ColorTableLength(descriptor[^1]) + 1;
                    hasImage = true;
                    break;
                case < 0 when hasImage:
                    // Some encoders omit the trailer. A file that was cut ends inside a block.
                    return null;
                default:
                    return "its end";
            }

            if (!TrySkipBlocks(file))
            {
                return "its end";
            }
        }
    }

    private static int ColorTableLength(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);

    // Each block begins with its length. The last has the length 0.
    private static bool TrySkipBlocks(Stream file)
    {
        int length;
        while ((length = file.ReadByte()) > 0)
        {
            file.Position += length;
        }

        return length == 0;
    }
}
