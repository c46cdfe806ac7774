using System.Text.Json;
using AtlasCloud.Json;
using AtlasCloud.Storage;
using Microsoft.Win32.SafeHandles;

namespace AtlasCloud.Journal;

/// <summary>Reads a journal that other processes may be writing. Malformed content never throws.</summary>
internal static class JournalReader
{
    private const int MaxHeadingBytes = 512;

    /// <summary>
    /// Reads the entries whose state passes the filter; empty if the file does not exist. A last line without a line break is ignored: it is being written,
    /// or was truncated.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    internal static JournalContent Read(string path, JournalLimits limits, Func<JournalState, bool> filter)
    {
        using FileStream? file = OpenIfExists(path);
        if (file is null)
        {
            return JournalContent.Empty;
        }

        JournalIndex index = JournalIndex.Read(file.SafeFileHandle, file.Length, limits);
        return new JournalContent(JournalEntryReader.Read(file.SafeFileHandle, index, filter), index.DamagedLines);
    }

    /// <summary>Builds an entry from its lines; null if none of them can be read.</summary>
    internal static JournalEntry? Build(SafeFileHandle file, JournalIndex index, JournalIndex.Entry entry) =>
        JournalEntryBuilder.Build(index.GetLines(entry).Select(l => JournalCopy.ReadLine(file, l)), entry.State!.Value);

    /// <summary>Returns the size of the file after its last compaction; zero if it was never compacted.</summary>
    internal static long ReadCompactedSize(string path)
    {
        using FileStream? file = OpenIfExists(path);
        byte[] heading = new byte[MaxHeadingBytes];
        int read = file is null ? 0 : RandomAccess.Read(file.SafeFileHandle, heading, 0);
        int end = heading.AsSpan(0, read).IndexOf((byte)'\n');
        if (end < 0 || JournalLine.Read(heading.AsSpan(0, end)) is not { Event: JournalEvent.Compacted })
        {
            return 0;
        }

        using JsonDocument document = JsonDocument.Parse(heading.AsMemory(0, end));
        return document.RootElement.Member("size")?.AsInteger() ?? 0;
    }

    /// <summary>Opens the file for reading; null if it does not exist.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    internal static FileStream? OpenIfExists(string path)
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
