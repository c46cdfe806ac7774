using Microsoft.Win32.SafeHandles;

namespace AtlasCloud.Journal;

/// <summary>
/// The lines of a journal, the entry each belongs to, and the state of each entry. Built in one pass that parses only the start of each line; the
/// entries that are needed are then built from their lines.
/// </summary>
internal sealed class JournalIndex
{
    // After so many lines the number of all is estimated, so that the lists of a large journal do not grow many times.
    private const int SampleLines = 1000;
    private const int MaxCapacity = 1_000_000;

    private readonly Dictionary<JournalKey, int> _byKey = [];
    private readonly List<Entry> _entries = [];
    private readonly List<Line> _lines = [];

    private readonly IntentHandler? _onIntent;
    private readonly int _maxLineBytes;
    private long _readEnd;

    /// <summary>Creates an empty index.</summary>
    /// <param name="limits">The limits of the journal.</param>
    /// <param name="onIntent">Receives the intents while they are read; null if they are not needed.</param>
    internal JournalIndex(JournalLimits limits, IntentHandler? onIntent = null) => (_maxLineBytes, _onIntent) = (limits.MaxLineBytes, onIntent);

    /// <summary>Receives the line that creates an entry.</summary>
    /// <param name="line">The bytes without the line break, valid during the call.</param>
    /// <param name="entry">The index of the entry.</param>
    internal delegate void IntentHandler(ReadOnlySpan<byte> line, int entry);

    /// <summary>The entries, in the order of their first lines.</summary>
    internal IReadOnlyList<Entry> Entries => _entries;

    /// <summary>All lines, in file order.</summary>
    internal IReadOnlyList<Line> Lines => _lines;

    /// <summary>The number of unreadable lines.</summary>
    internal int DamagedLines { get; private set; }

    /// <summary>The position after the last complete line.</summary>
    internal long End { get; private set; }

    internal static JournalIndex Read(SafeFileHandle file, long end, JournalLimits limits)
    {
        JournalIndex index = new(limits);
        index.ReadOn(file, end);
        return index;
    }

    /// <summary>Reads the lines that were appended since the last read.</summary>
    internal void ReadOn(SafeFileHandle file, long end)
    {
        _readEnd = end;
        End = JournalLineSplitter.Read(file, End, end, _maxLineBytes, Add);
    }

    /// <summary>Finds an entry by its ID; null if there is none.</summary>
    internal Entry? Find(JournalKey key) => _byKey.TryGetValue(key, out int entry) ? _entries[entry] : null;

    /// <summary>Returns the lines of an entry, in file order.</summary>
    internal IEnumerable<Line> GetLines(Entry entry)
    {
        for (int line = entry.FirstLine; line >= 0; line = _lines[line].Next)
        {
            yield return _lines[line];
        }
    }

    private void Add(ReadOnlySpan<byte> line, long offset, long length)
    {
        int number = _lines.Count;
        if (number == SampleLines)
        {
            Reserve(offset);
        }

        if (line.IsEmpty && length == 1)
        {
            // An empty line, where a writer terminated a truncated line.
            _lines.Add(new Line(offset, length, Line.Heading, -1));
        }
        else if (JournalLine.Read(line) is not JournalLine header)
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
            _entries[owner] = entry with { State = JournalStates.Apply(entry.State, header.Event), LastLine = number };
        }
        else
        {
            _byKey.Add(header.Key, _entries.Count);
            _lines.Add(new Line(offset, length, _entries.Count, -1));
            _entries.Add(new Entry(JournalStates.Apply(null, header.Event), number, number));
            if (header.Event == JournalEvent.Intent)
            {
                _onIntent?.Invoke(line, _entries.Count - 1);
            }
        }
    }

    private void Reserve(long sampleBytes)
    {
        double scale = (double)_readEnd / sampleBytes;
        _lines.EnsureCapacity((int)Math.Min(_lines.Count * scale, MaxCapacity));
        _entries.EnsureCapacity((int)Math.Min(_entries.Count * scale, MaxCapacity));
        _byKey.EnsureCapacity((int)Math.Min(_entries.Count * scale, MaxCapacity));
    }

    /// <summary>An entry.</summary>
    /// <param name="State">The state; null if no line determines it.</param>
    /// <param name="FirstLine">The index of its first line.</param>
    /// <param name="LastLine">The index of its last line.</param>
    internal readonly record struct Entry(JournalState? State, int FirstLine, int LastLine)
    {
        internal bool IsOpen => State?.IsOpen() == true;
    }

    /// <summary>A line.</summary>
    /// <param name="Offset">The position of its first byte.</param>
    /// <param name="Length">Its length in bytes, including the line break.</param>
    /// <param name="Owner">The index of its entry, or one of the constants.</param>
    /// <param name="Next">The index of the entry's next line; negative for the last.</param>
    internal readonly record struct Line(long Offset, long Length, int Owner, int Next)
    {
        internal const int Damaged = -1;
        internal const int Heading = -2;
    }
}
