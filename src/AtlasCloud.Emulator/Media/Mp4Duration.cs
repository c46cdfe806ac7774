using System.Buffers.Binary;

namespace AtlasCloud.Emulation.Media;

/// <summary>Reads the duration from the header of an MP4 or MOV file.</summary>
internal static class Mp4Duration
{
    private const int MaximumBoxes = 1000;

    /// <summary>The duration in seconds; null if the file is not a valid MP4 or MOV file.</summary>
    internal static decimal? Read(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (!EnterBox(file, "moov"u8, file.Length) || !EnterBox(file, "mvhd"u8, file.Length))
        {
            return null;
        }

        byte[] header = new byte[32];
        if (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
        {
            return null;
        }

        bool isLong = header[0] == 1;
        uint scale = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(isLong ? 20 : 12));
        ulong duration = isLong ? BinaryPrimitives.ReadUInt64BigEndian(header.AsSpan(24)) : BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(16));
        return scale == 0 ? null : (decimal)duration / scale;
    }

    /// <summary>Moves to the content of the next box of the given type at the current level.</summary>
    private static bool EnterBox(FileStream file, ReadOnlySpan<byte> type, long end)
    {
        Span<byte> head = stackalloc byte[16];
        for (int i = 0; i < MaximumBoxes && file.Position + 8 <= end; i++)
        {
            long start = file.Position;
            if (file.ReadAtLeast(head[..8], 8, throwOnEndOfStream: false) < 8)
            {
                return false;
            }

            long length = BinaryPrimitives.ReadUInt32BigEndian(head);
            bool found = head[4..8].SequenceEqual(type);
            if (length == 1 && file.ReadAtLeast(head[8..], 8, throwOnEndOfStream: false) == 8)
            {
                length = BinaryPrimitives.ReadInt64BigEndian(head[8..]);
            }

            if (found)
            {
                return true;
            }

            if (length < 8)
            {
                return false;
            }

            file.Position = start + length;
        }

        return false;
    }
}
