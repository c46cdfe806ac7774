using Microsoft.Win32.SafeHandles;

namespace AtlasCloud.Journal;

/// <summary>
/// Which lines a journal has, to which entry each belongs, and how each entry stands. Made in one pass that reads no more of a line
/// than that; the few entries somebody wants to see are then read from their lines.
/// </summary>
internal sealed class JournalIndex
{
    private readonly Dictionary<JournalKey, int> _byKey = [];
    private readonly List<Entry> _entries = [];
    private readonly List<Line> _lines = [];

    private JournalIndex()
    {
    }

    /// <summary>The entries in the order of their first lines.</summary>
    internal IReadOnlyList<Entry> Entries => _entries;

    /// <summary>All lines in their order.</summary>
    internal IReadOnlyList<Line> Lines => _lines;

    /// <summary>How many lines could not be read.</summary>
    internal int DamagedLines { get; private set; }

    /// <summary>Where the last whole line ends.</summary>
    internal long End { get; private set; }

    internal static JournalIndex Read(SafeFileHandle file, long end, JournalLimits limits)
    {
        JournalIndex index = new();
        index.End = JournalLines.Read(file, end, limits.LineBytes, index.Add);
        return index;
    }

    /// <summary>The lines of an entry, in their order.</summary>
    internal IEnumerable<Line> LinesOf(Entry entry)
    {
        for (int line = entry.FirstLine; line >= 0; line = _lines[line].Next)
        {
            yield return _lines[line];
        }
    }

    private void Add(ReadOnlySpan<byte> line, long offset, long length)
    {
        int number = _lines.Count;
        if (line.IsEmpty && length == 1)
        {
            // Left by a line that was cut before its end.
            _lines.Add(new Line(offset, length, Line.Heading, -1));
        }
        else if (JournalHeader.Read(line) is not JournalHeader header)
        {
            DamagedLines++;
            _lines.Add(new Line(offset, length, Line.Damaged, -1));
        }
        else if (header.Event == JournalEvent.Compacted)
        {
            _lines.Add(new Line(offset, length, Line.Heading, -1));
        }
        else if (_byKey.TryGetValue(header.Key, out int owner))
        {
            Entry entry = _entries[owner];
            _lines[entry.LastLine] = _lines[entry.LastLine] with { Next = number };
            _lines.Add(new Line(offset, length, owner, -1));
            _entries[owner] = entry with { State = JournalStates.After(entry.State, header.Event), LastLine = number };
        }
        else
        {
            _byKey.Add(header.Key, _entries.Count);
            _lines.Add(new Line(offset, length, _entries.Count, -1));
            _entries.Add(new Entry(JournalStates.After(null, header.Event), number, number));
        }
    }

    /// <param name="State">How it stands; null where no line says.</param>
    /// <param name="FirstLine">The number of its first line.</param>
    /// <param name="LastLine">The number of its last line.</param>
    internal readonly record struct Entry(JournalState? State, int FirstLine, int LastLine)
    {
        internal bool IsOpen => State?.IsOpen() == true;
    }

    /// <param name="Offset">Where it begins.</param>
    /// <param name="Length">Its length with its end.</param>
    /// <param name="Owner">The number of its entry, or one of the constants.</param>
    /// <param name="Next">The number of the entry's next line; negative for its last.</param>
    internal readonly record struct Line(long Offset, long Length, int Owner, int Next)
    {
        internal const int Damaged = -1;
        internal const int Heading = -2;
    }
}
