using Microsoft.Win32.SafeHandles;

namespace AtlasCloud.Journal;

/// <summary>The file that receives the lines that compaction removes. It is for people; no code reads it.</summary>
internal static class JournalArchive
{
    /// <summary>Appends lines and flushes them to disk. If the archive exceeds its limit, the older half is removed.</summary>
    internal static void Add(FileStream archive, SafeFileHandle from, IEnumerable<JournalIndex.Line> lines, JournalLimits limits)
    {
        // The newest lines that fit within the limit. A damaged line can have any length.
        long remaining = limits.MaxArchiveBytes;
        List<JournalIndex.Line> added = [.. lines.Reverse().Where(l => l.Length <= limits.MaxArchiveBytes).TakeWhile(l => (remaining -= l.Length) >= 0).Reverse()];
        if (added.Count == 0)
        {
            return;
        }

        if (archive.Length + added.Sum(l => l.Length) > limits.MaxArchiveBytes)
        {
            KeepTail(archive, Math.Min(limits.MaxArchiveBytes / 2, Math.Max(0, remaining)));
        }

        JournalCopy.CopyLines(from, added, archive.SafeFileHandle, RandomAccess.GetLength(archive.SafeFileHandle));
        RandomAccess.FlushToDisk(archive.SafeFileHandle);
    }

    private static void KeepTail(FileStream archive, long bytes)
    {
        byte[] tail = new byte[(int)Math.Min(bytes, archive.Length)];
        int read = RandomAccess.Read(archive.SafeFileHandle, tail, archive.Length - tail.Length);
        int begin = tail.AsSpan(0, read).IndexOf((byte)'\n') + 1;
        RandomAccess.SetLength(archive.SafeFileHandle, 0);
        RandomAccess.Write(archive.SafeFileHandle, tail.AsSpan(begin, read - begin), 0);
    }
}
