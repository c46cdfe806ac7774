using Microsoft.Win32.SafeHandles;

namespace AtlasCloud.Journal;

/// <summary>Copies lines from one file to another as they are.</summary>
internal static class JournalCopy
{
    private const int ChunkBytes = 256 * 1024;

    /// <summary>The bytes of one line, with its end.</summary>
    internal static byte[] Bytes(SafeFileHandle file, JournalIndex.Line line)
    {
        byte[] bytes = new byte[line.Length];
        int read = RandomAccess.Read(file, bytes, line.Offset);
        return bytes[..read];
    }

    /// <summary>Copies the lines one behind the other. Returns where the last ends.</summary>
    internal static long Lines(SafeFileHandle from, IReadOnlyList<JournalIndex.Line> lines, SafeFileHandle to, long offset)
    {
        for (int first = 0; first < lines.Count;)
        {
            // Neighbours go together.
            int next = first + 1;
            while (next < lines.Count && lines[next].Offset == lines[next - 1].Offset + lines[next - 1].Length)
            {
                next++;
            }

            long length = lines[next - 1].Offset + lines[next - 1].Length - lines[first].Offset;
            Range(from, lines[first].Offset, length, to, offset);
            offset += length;
            first = next;
        }

        return offset;
    }

    internal static void Range(SafeFileHandle from, long start, long length, SafeFileHandle to, long offset)
    {
        byte[] buffer = new byte[(int)Math.Min(ChunkBytes, length)];
        while (length > 0)
        {
            int read = RandomAccess.Read(from, buffer.AsSpan(0, (int)Math.Min(buffer.Length, length)), start);
            if (read == 0)
            {
                throw new EndOfStreamException("The journal became shorter while it was copied.");
            }

            RandomAccess.Write(to, buffer.AsSpan(0, read), offset);
            (start, offset, length) = (start + read, offset + read, length - read);
        }
    }
}
