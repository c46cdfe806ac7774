using System.Text.Json;
using AtlasCloud.Json;
using AtlasCloud.Storage;
using Microsoft.Win32.SafeHandles;

namespace AtlasCloud.Journal;

/// <summary>
/// Rewrites a journal without what is settled and old. Open entries stay, line by line as they were written; what goes, and what
/// cannot be read, is moved to the archive.
/// </summary>
/// <remarks>
/// Others append meanwhile. The long part, up to the end as it was at the start, is copied without their lock, for nothing but a
/// compaction changes what is there; a lock of its own keeps compactions apart. Only what was appended since is copied under theirs,
/// together with the rename, in milliseconds. A crash at any point leaves the old file or the new one, both complete.
/// </remarks>
internal sealed class JournalCompaction(string path, JournalLimits limits, TimeProvider clock)
{
    private const int ComparedBytes = 4096;

    /// <summary>Compacts it if nobody else does. Says whether it did.</summary>
    /// <exception cref="IOException">It could not be written or put in place; the journal is as it was.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before anything changed.</exception>
    internal async Task<bool> RunAsync(CancellationToken cancellationToken = default)
    {
        using FileStream? archive = ProcessLock.TryAcquire(path + JournalFile.ArchiveSuffix);
        if (archive is null)
        {
            return false;
        }

        string next = path + ".next";
        try
        {
            using FileStream source = PrivateFile.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using FileStream target = PrivateFile.Open(next, FileMode.Create, FileAccess.ReadWrite, FileShare.Read);
            SafeFileHandle old = source.SafeFileHandle;
            SafeFileHandle made = target.SafeFileHandle;
            JournalIndex index = JournalIndex.Read(old, RandomAccess.GetLength(old), limits);
            bool[] kept = Choose(old, index);

            // From here on it is finished: cancelled behind the archive, the next compaction would archive the same lines again.
            cancellationToken.ThrowIfCancellationRequested();
            JournalArchive.Add(archive, old, index.Lines.Where(l => l.Owner == JournalIndex.Line.Damaged || (l.Owner >= 0 && !kept[l.Owner])), limits);
            Copy(old, made, index.Lines.Where(l => l.Owner >= 0 && kept[l.Owner]).ToList());
            RandomAccess.FlushToDisk(made);

            using (await ProcessLock.AcquireAsync(path + JournalFile.LockSuffix, limits.LockWait, clock).ConfigureAwait(false))
            {
                if (!IsStillInPlace(old))
                {
                    return false;
                }

                JournalCopy.Range(old, index.End, RandomAccess.GetLength(old) - index.End, made, RandomAccess.GetLength(made));
                RandomAccess.FlushToDisk(made);
                source.Dispose();
                target.Dispose();
                await PutInPlaceAsync(next).ConfigureAwait(false);
                return true;
            }
        }
        finally
        {
            // Gone already if it took the journal's place. Under this lock nobody else makes one.
            File.Delete(next);
        }
    }

    // Settled entries from the newest to the oldest, until there are enough or they are too old.
    private bool[] Choose(SafeFileHandle old, JournalIndex index)
    {
        bool[] kept = [.. index.Entries.Select(e => e.IsOpen)];
        DateTimeOffset oldest = clock.GetUtcNow() - limits.KeepSettled;
        IEnumerable<int> settled = Enumerable.Range(0, kept.Length).Where(i => !kept[i]).OrderByDescending(i => index.Entries[i].LastLine);
        foreach (int entry in settled.Take(limits.MaximumSettled))
        {
            kept[entry] = TimeOf(old, index.Lines[index.Entries[entry].LastLine]) >= oldest;
        }

        return kept;
    }

    private static DateTimeOffset? TimeOf(SafeFileHandle file, JournalIndex.Line line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(JournalCopy.Bytes(file, line));
            return document.RootElement.Member("at")?.AsTime();
        }
        catch (JsonException)
        {
            // It was whole a moment ago; somebody else writes into the file.
            return null;
        }
    }

    private void Copy(SafeFileHandle old, SafeFileHandle made, List<JournalIndex.Line> lines)
    {
        // The heading says how large the file was when it was made, for whoever asks whether it has doubled since.
        JournalLine heading = new() { Event = JournalHeader.WordOf(JournalEvent.Compacted), At = clock.GetUtcNow(), Size = lines.Sum(l => l.Length) };
        byte[] first = heading.ToBytes();
        RandomAccess.Write(made, first, 0);
        JournalCopy.Lines(old, lines, made, first.Length);
    }

    // Whoever deleted the journal, or put another in its place, gets no old one over it.
    private bool IsStillInPlace(SafeFileHandle old)
    {
        using FileStream now = PrivateFile.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        long length = now.Length;
        return length == RandomAccess.GetLength(old) && Tail(now.SafeFileHandle, length).AsSpan().SequenceEqual(Tail(old, length));
    }

    private static byte[] Tail(SafeFileHandle file, long length)
    {
        byte[] tail = new byte[(int)Math.Min(ComparedBytes, length)];
        int read = RandomAccess.Read(file, tail, length - tail.Length);
        return tail[..read];
    }

    private async Task PutInPlaceAsync(string next)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                File.Move(next, path, overwrite: true);
                return;
            }
            catch (Exception exception) when (tries < 5 && exception is IOException or UnauthorizedAccessException)
            {
                // On Windows, while somebody reads it.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), clock).ConfigureAwait(false);
        }
    }
}
