using Microsoft.Win32.SafeHandles;

namespace AtlasCloud.Journal;

/// <summary>Splits a file into lines, holding one line in memory at a time.</summary>
internal static class JournalLineSplitter
{
    private const int ChunkBytes = 256 * 1024;

    /// <summary>Receives a line.</summary>
    /// <param name="line">The bytes without the line break, valid during the call; empty if the line exceeds the maximum length.</param>
    /// <param name="offset">The position of the first byte.</param>
    /// <param name="length">The length in bytes, including the line break.</param>
    internal delegate void Handler(ReadOnlySpan<byte> line, long offset, long length);

    /// <summary>Passes each terminated line from <paramref name="start"/> to <paramref name="end"/> to the handler. Returns the position after the last of them.</summary>
    internal static long Read(SafeFileHandle file, long start, long end, int maxLength, Handler handle)
    {
        byte[] buffer = new byte[ChunkBytes];
        int held = 0;
        bool isTooLong = false;
        for (long position = start; position < end;)
        {
            if (held == buffer.Length)
            {
                if (held > maxLength)
                {
                    (isTooLong, held) = (true, 0);
                }
                else
                {
                    Array.Resize(ref buffer, buffer.Length * 2);
                }
            }

            int read = RandomAccess.Read(file, buffer.AsSpan(held, (int)Math.Min(buffer.Length - held, end - position)), position);
            if (read == 0)
            {
                break;
            }

            position += read;
            int scanned = held;
            held += read;
            int begin = 0;
            for (int newline; (newline = buffer.AsSpan(scanned, held - scanned).IndexOf((byte)'\n')) >= 0;)
            {
                int stop = scanned + newline;
                long next = position - (held - stop - 1);
                bool isUsable = !isTooLong && stop - begin <= maxLength;
                handle(isUsable ? buffer.AsSpan(begin, stop - begin) : default, start, next - start);
                (isTooLong, begin, scanned, start) = (false, stop + 1, stop + 1, next);
            }

            buffer.AsSpan(begin, held - begin).CopyTo(buffer);
            held -= begin;
        }

        return start;
    }
}
