using Microsoft.Win32.SafeHandles;

namespace AtlasCloud.Journal;

/// <summary>Copies lines from one file to another unchanged.</summary>
internal static class JournalCopy
{
    private const int ChunkBytes = 256 * 1024;

    /// <summary>Returns the bytes of a line, including its line break.</summary>
    internal static byte[] ReadLine(SafeFileHandle file, JournalIndex.Line line)
    {
        byte[] bytes = new byte[line.Length];
        int read = RandomAccess.Read(file, bytes, line.Offset);
        return bytes[..read];
    }

    /// <summary>Copies the lines to consecutive positions. Returns the position after the last.</summary>
    internal static long CopyLines(SafeFileHandle from, IReadOnlyList<JournalIndex.Line> lines, SafeFileHandle to, long offset)
    {
        for (int first = 0; first < lines.Count;)
        {
            // Adjacent lines are copied as one range.
            int next = first + 1;
            while (next < lines.Count && lines[next].Offset == lines[next - 1].Offset + lines[next - 1].Length)
            {
                next++;
            }

            long length = lines[next - 1].Offset + lines[next - 1].Length - lines[first].Offset;
            CopyRange(from, lines[first].Offset, length, to, offset);
            offset += length;
            first = next;
        }

        return offset;
    }

    internal static void CopyRange(SafeFileHandle from, long start, long length, SafeFileHandle to, long offset)
    {
        byte[] buffer = new byte[(int)Math.Min(ChunkBytes, length)];
        while (length > 0)
        {
            int read = RandomAccess.Read(from, buffer.AsSpan(0, (int)Math.Min(buffer.Length, length)), start);
            if (read == 0)
            {
                throw new EndOfStreamException("The journal was truncated while it was copied.");
            }

            RandomAccess.Write(to, buffer.AsSpan(0, read), offset);
            (start, offset, length) = (start + read, offset + read, length - read);
        }
    }
}
