using Microsoft.Win32.SafeHandles;

namespace AtlasCloud.Journal;

/// <summary>Where compaction puts what it takes out: for people to look things up in, and nothing else reads it.</summary>
internal static class JournalArchive
{
    /// <summary>Adds lines at the end and brings them to disk. When it grows too large, the older half goes.</summary>
    internal static void Add(FileStream archive, SafeFileHandle from, IEnumerable<JournalIndex.Line> lines, JournalLimits limits)
    {
        // From the newest on, as many as there is room for; a damaged line can be as large as anything.
        long room = limits.ArchiveBytes;
        List<JournalIndex.Line> added = [.. lines.Reverse().Where(l => l.Length <= limits.ArchiveBytes).TakeWhile(l => (room -= l.Length) >= 0).Reverse()];
        if (added.Count == 0)
        {
            return;
        }

        if (archive.Length + added.Sum(l => l.Length) > limits.ArchiveBytes)
        {
            Shorten(archive, Math.Min(limits.ArchiveBytes / 2, Math.Max(0, room)));
        }

        JournalCopy.Lines(from, added, archive.SafeFileHandle, RandomAccess.GetLength(archive.SafeFileHandle));
        RandomAccess.FlushToDisk(archive.SafeFileHandle);
    }

    private static void Shorten(FileStream archive, long bytes)
    {
        byte[] tail = new byte[(int)Math.Min(bytes, archive.Length)];
        int read = RandomAccess.Read(archive.SafeFileHandle, tail, archive.Length - tail.Length);
        int begin = tail.AsSpan(0, read).IndexOf((byte)'\n') + 1;
        RandomAccess.SetLength(archive.SafeFileHandle, 0);
        RandomAccess.Write(archive.SafeFileHandle, tail.AsSpan(begin, read - begin), 0);
    }
}
