using System.Text.Json;
using AtlasCloud.Json;
using AtlasCloud.Storage;

namespace AtlasCloud.Journal;

/// <summary>Reads a journal while others write it. Nothing that stands in it makes this throw.</summary>
internal static class JournalReader
{
    private const int HeadingBytes = 512;

    /// <summary>The entries in one of the states that are wanted. A last line without an end is being written, or was cut, and does not count.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    internal static JournalContent Read(string path, JournalLimits limits, Func<JournalState, bool> isWanted)
    {
        using FileStream? file = OpenIfThere(path);
        if (file is null)
        {
            return JournalContent.Empty;
        }

        JournalIndex index = JournalIndex.Read(file.SafeFileHandle, file.Length, limits);
        List<JournalEntry> entries = [];
        foreach (JournalIndex.Entry entry in index.Entries.Where(e => e.State is JournalState state && isWanted(state)))
        {
            IEnumerable<ReadOnlyMemory<byte>> lines = index.LinesOf(entry).Select(l => (ReadOnlyMemory<byte>)JournalCopy.Bytes(file.SafeFileHandle, l));
            if (JournalEntryBuilder.Build(lines, entry.State!.Value) is JournalEntry found)
            {
                entries.Add(found);
            }
        }

        return new JournalContent(entries, index.DamagedLines);
    }

    /// <summary>The size that the file had when it was compacted last; zero where it never was.</summary>
    internal static long CompactedSize(string path)
    {
        using FileStream? file = OpenIfThere(path);
        byte[] heading = new byte[HeadingBytes];
        int read = file is null ? 0 : RandomAccess.Read(file.SafeFileHandle, heading, 0);
        int end = heading.AsSpan(0, read).IndexOf((byte)'\n');
        if (end < 0 || JournalHeader.Read(heading.AsSpan(0, end)) is not { Event: JournalEvent.Compacted })
        {
            return 0;
        }

        using JsonDocument document = JsonDocument.Parse(heading.AsMemory(0, end));
        return document.RootElement.Member("size")?.AsInteger() ?? 0;
    }

    private static FileStream? OpenIfThere(string path)
    {
        try
        {
            return PrivateFile.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
