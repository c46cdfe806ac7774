using System.Text.Json;
using AtlasCloud.Json;
using AtlasCloud.Storage;
using Microsoft.Win32.SafeHandles;

namespace AtlasCloud.Journal;

/// <summary>
/// Rewrites a journal without its old settled entries. Open entries keep their lines unchanged; removed lines and damaged lines are moved to the archive.
/// </summary>
/// <remarks>
/// Other processes append concurrently. Everything up to the length at the start is copied without the append lock, since only a compaction changes
/// existing lines, and a second lock admits one compaction at a time. Only the lines that were appended meanwhile are copied under the append lock,
/// together with the rename, which takes milliseconds. A crash at any point leaves either the old or the new file, both complete.
/// </remarks>
internal sealed class JournalCompaction(string path, JournalLimits limits, TimeProvider clock)
{
    private const int ComparedBytes = 4096;
    private const string NextSuffix = ".next";

    /// <summary>Compacts the journal unless another compaction is running.</summary>
    /// <returns>Whether the journal was compacted.</returns>
    /// <exception cref="IOException">The new file could not be written or renamed; the journal is unchanged.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before anything changed.</exception>
    internal async Task<bool> RunAsync(CancellationToken cancellationToken = default)
    {
        using FileStream? archive = ProcessLock.TryAcquire(path + JournalFile.ArchiveSuffix);
        if (archive is null)
        {
            return false;
        }

        DeleteStaleFiles();
        string next = $"{path}.{Guid.NewGuid():N}{NextSuffix}";
        try
        {
            using FileStream source = PrivateFile.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using FileStream target = PrivateFile.Open(next, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read);
            SafeFileHandle from = source.SafeFileHandle;
            SafeFileHandle to = target.SafeFileHandle;
            JournalIndex index = JournalIndex.Read(from, RandomAccess.GetLength(from), limits);
            bool[] kept = SelectEntries(from, index);

            // The last chance to cancel: if it were cancelled after archiving, the next compaction would archive the same lines again.
            cancellationToken.ThrowIfCancellationRequested();
            JournalArchive.Add(archive, from, index.Lines.Where(l => l.Owner == JournalIndex.Line.Damaged || (l.Owner >= 0 && !kept[l.Owner])), limits);
            WriteKeptLines(from, to, index.Lines.Where(l => l.Owner >= 0 && kept[l.Owner]).ToList());
            RandomAccess.FlushToDisk(to);

            using (await ProcessLock.AcquireAsync(path + JournalFile.LockSuffix, limits.LockTimeout, limits.LockClock).ConfigureAwait(false))
            {
                if (!IsStillCurrent(from))
                {
                    return false;
                }

                JournalCopy.CopyRange(from, index.End, RandomAccess.GetLength(from) - index.End, to, RandomAccess.GetLength(to));
                RandomAccess.FlushToDisk(to);
                source.Dispose();
                target.Dispose();
                await ReplaceAsync(next).ConfigureAwait(false);
                return true;
            }
        }
        finally
        {
            // Missing if it was renamed.
            File.Delete(next);
        }
    }

    // Left behind by processes that were killed. No other compaction is running while this one holds the archive lock. A link is deleted, not its target.
    private void DeleteStaleFiles()
    {
        string prefix = Path.GetFileName(path) + ".";
        foreach (string file in FileSearch.EnumerateFiles(Path.GetDirectoryName(path)!, $"{prefix}*{NextSuffix}"))
        {
            string name = Path.GetFileName(file);
            if (name.Length > prefix.Length + NextSuffix.Length && Guid.TryParseExact(name[prefix.Length..^NextSuffix.Length], "N", out _))
            {
                File.Delete(file);
            }
        }
    }

    // Keeps all open entries, and the newest settled entries within the limits of number and age.
    private bool[] SelectEntries(SafeFileHandle file, JournalIndex index)
    {
        bool[] kept = [.. index.Entries.Select(e => e.IsOpen)];
        DateTimeOffset oldest = clock.GetUtcNow() - limits.SettledRetention;
        IEnumerable<int> settled = Enumerable.Range(0, kept.Length).Where(i => !kept[i]).OrderByDescending(i => index.Entries[i].LastLine);
        foreach (int entry in settled.Take(limits.MaxSettledEntries))
        {
            kept[entry] = ReadTime(file, index.Lines[index.Entries[entry].LastLine]) >= oldest;
        }

        return kept;
    }

    private static DateTimeOffset? ReadTime(SafeFileHandle file, JournalIndex.Line line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(JournalCopy.ReadLine(file, line));
            return document.RootElement.Member("at")?.AsTime();
        }
        catch (JsonException)
        {
            // The line was complete when it was indexed, so another program changed the file.
            return null;
        }
    }

    private void WriteKeptLines(SafeFileHandle from, SafeFileHandle to, List<JournalIndex.Line> lines)
    {
        // The heading records the size after compaction, so that any process can detect when the file has doubled.
        JournalRecord heading = new() { Event = JournalLine.FormatEvent(JournalEvent.Compacted), At = clock.GetUtcNow(), Size = lines.Sum(l => l.Length) };
        byte[] firstLine = heading.ToBytes();
        RandomAccess.Write(to, firstLine, 0);
        JournalCopy.CopyLines(from, lines, to, firstLine.Length);
    }

    // If the journal was deleted or replaced meanwhile, that file must not be overwritten with the old content.
    private bool IsStillCurrent(SafeFileHandle source)
    {
        using FileStream current = PrivateFile.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        long length = current.Length;
        return length == RandomAccess.GetLength(source) && ReadTail(current.SafeFileHandle, length).AsSpan().SequenceEqual(ReadTail(source, length));
    }

    private static byte[] ReadTail(SafeFileHandle file, long length)
    {
        byte[] tail = new byte[(int)Math.Min(ComparedBytes, length)];
        int read = RandomAccess.Read(file, tail, length - tail.Length);
        return tail[..read];
    }

    private async Task ReplaceAsync(string next)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                File.Move(next, path, overwrite: true);
                return;
            }
            catch (Exception exception) when (attempt < 5 && exception is IOException or UnauthorizedAccessException)
            {
                // On Windows a file cannot be replaced while a reader has it open.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), clock).ConfigureAwait(false);
        }
    }
}
