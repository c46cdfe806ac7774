using Microsoft.Win32.SafeHandles;

namespace AtlasCloud.Journal;

/// <summary>Builds many entries of a journal in one pass over their lines.</summary>
internal static class JournalEntryReader
{
    // Fewer entries take less time than starting another thread.
    private const int MinEntriesPerThread = 5_000;
    private const int MaxThreads = 4;

    /// <summary>Builds the entries whose state passes the filter, in the order of their first lines.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal static IReadOnlyList<JournalEntry> Read(SafeFileHandle file, JournalIndex index, Func<JournalState, bool> filter)
    {
        int count = index.Entries.Count;
        bool[] selected = [.. index.Entries.Select(e => e.State is JournalState state && filter(state))];
        int selectedCount = selected.Count(s => s);
        JournalEntry?[] built = new JournalEntry?[count];
        int threads = Math.Clamp(selectedCount / MinEntriesPerThread, 1, Math.Min(MaxThreads, Environment.ProcessorCount));
        Task[] others = [.. Enumerable.Range(1, threads - 1).Select(i => Task.Run(() => Build(i)))];
        try
        {
            Build(0);
        }
        finally
        {
            // The caller closes the file afterwards.
            ((IAsyncResult)Task.WhenAll(others)).AsyncWaitHandle.WaitOne();
        }

        Task.WhenAll(others).GetAwaiter().GetResult();
        List<JournalEntry> entries = new(selectedCount);
        entries.AddRange(built.OfType<JournalEntry>());
        return entries;

        void Build(int part) => BuildRange(new JournalLineReader(file, index), index, part * count / threads, (part + 1) * count / threads, selected, built);
    }

    private static void BuildRange(JournalLineReader reader, JournalIndex index, int first, int end, bool[] selected, JournalEntry?[] built)
    {
        (int firstLine, int lastLine) = (int.MaxValue, -1);
        for (int entry = first; entry < end; entry++)
        {
            if (selected[entry])
            {
                firstLine = Math.Min(firstLine, index.Entries[entry].FirstLine);
                lastLine = Math.Max(lastLine, index.Entries[entry].LastLine);
            }
        }

        JournalMembers members = new();
        JournalEntryBuilder?[] builders = new JournalEntryBuilder?[end - first];
        reader.Read(firstLine, lastLine, line => line.Owner >= first && line.Owner < end && selected[line.Owner], (line, number) =>
        {
            int entry = index.Lines[number].Owner;
            JournalEntryBuilder builder = builders[entry - first] ??= new JournalEntryBuilder(members);
            builder.Add(line);
            if (number == index.Entries[entry].LastLine)
            {
                built[entry] = builder.Build(index.Entries[entry].State!.Value);
                builders[entry - first] = null;
            }
        });
    }
}
