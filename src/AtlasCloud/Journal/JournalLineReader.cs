using Microsoft.Win32.SafeHandles;

namespace AtlasCloud.Journal;

/// <summary>Reads lines of a journal in file order, many with each access to the file.</summary>
internal sealed class JournalLineReader(SafeFileHandle file, JournalIndex index)
{
    private const int BlockBytes = 256 * 1024;

    // Reading what lies between two lines is faster than another access to the file.
    private const int MaxGapBytes = 8 * 1024;

    private byte[] _block = new byte[BlockBytes];
    private long _start;
    private int _length;

    /// <summary>Receives a line.</summary>
    /// <param name="line">The bytes with the line break, valid during the call.</param>
    /// <param name="number">The index of the line.</param>
    internal delegate void Handler(ReadOnlySpan<byte> line, int number);

    /// <summary>Passes the lines that a filter selects to the handler.</summary>
    /// <param name="first">The index of the first line.</param>
    /// <param name="last">The index of the last line.</param>
    /// <param name="filter">Selects lines.</param>
    /// <param name="handle">Receives the lines.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal void Read(int first, int last, Func<JournalIndex.Line, bool> filter, Handler handle)
    {
        for (int number = first; number <= last; number++)
        {
            JournalIndex.Line line = index.Lines[number];
            if (filter(line))
            {
                if (line.Offset + line.Length > _start + _length)
                {
                    Load(number, last, filter);
                }

                // Less than the line if another program truncated the file.
                int begin = (int)Math.Min(line.Offset - _start, _length);
                handle(_block.AsSpan(begin, (int)Math.Min(line.Length, _length - begin)), number);
            }
        }
    }

    private void Load(int number, int last, Func<JournalIndex.Line, bool> filter)
    {
        JournalIndex.Line line = index.Lines[number];
        long end = line.Offset + line.Length;
        for (int next = number + 1; next <= last; next++)
        {
            JournalIndex.Line other = index.Lines[next];
            long otherEnd = other.Offset + other.Length;
            if (otherEnd - line.Offset > BlockBytes || other.Offset - end > MaxGapBytes)
            {
                break;
            }

            end = filter(other) ? otherEnd : end;
        }

        _start = line.Offset;
        _length = 0;
        int wanted = (int)(end - _start);
        if (_block.Length < wanted)
        {
            _block = new byte[wanted];
        }

        for (int read; _length < wanted && (read = RandomAccess.Read(file, _block.AsSpan(_length, wanted - _length), _start + _length)) > 0;)
        {
            _length += read;
        }
    }
}
