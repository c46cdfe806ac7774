using Microsoft.Win32.SafeHandles;

namespace AtlasCloud.Journal;

/// <summary>Cuts a file into lines without holding more than one of them.</summary>
internal static class JournalLines
{
    private const int ChunkBytes = 256 * 1024;

    /// <summary>Takes a line, without its end; empty where it is longer than allowed.</summary>
    /// <param name="line">Its bytes, valid during the call.</param>
    /// <param name="offset">Where it begins.</param>
    /// <param name="length">Its length with its end.</param>
    internal delegate void Handler(ReadOnlySpan<byte> line, long offset, long length);

    /// <summary>Hands over each line that has an end, from the start up to <paramref name="end"/>. Returns where the last of them ends.</summary>
    internal static long Read(SafeFileHandle file, long end, int longest, Handler handle)
    {
        byte[] buffer = new byte[ChunkBytes];
        int held = 0;
        long start = 0;
        bool isTooLong = false;
        for (long position = 0; position < end;)
        {
            if (held == buffer.Length)
            {
                if (held > longest)
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
                bool isUsable = !isTooLong && stop - begin <= longest;
                handle(isUsable ? buffer.AsSpan(begin, stop - begin) : default, start, next - start);
                (isTooLong, begin, scanned, start) = (false, stop + 1, stop + 1, next);
            }

            buffer.AsSpan(begin, held - begin).CopyTo(buffer);
            held -= begin;
        }

        return start;
    }
}
