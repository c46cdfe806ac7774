using AtlasCloud.Storage;
using Microsoft.Win32.SafeHandles;

namespace AtlasCloud.Journal;

/// <summary>
/// Brings lines to disk. What waits while one batch is written and flushed becomes the next batch: a thousand lines at once cost a few
/// flushes, and a single line waits for nothing.
/// </summary>
/// <remarks>
/// The runtime's own append mode remembers the end it saw when it opened and writes there, over what others have written since. So each
/// batch takes the lock between processes, opens the file, writes behind its end and lets go. Opening it anew each time is what makes
/// a file that was compacted, or deleted, in between harmless; beside a flush it costs nothing.
/// </remarks>
internal sealed class JournalWriter(string path, JournalLimits limits, TimeProvider clock)
{
    private const int MostTurns = 20;

    private readonly object _gate = new();
    private List<Waiting> _waiting = [];
    private Task _writing = Task.CompletedTask;
    private bool _isWriting;
    private bool _hasFailed;

    /// <summary>The size of the file after the last batch.</summary>
    internal long Length { get; private set; }

    /// <summary>How many batches went to disk: each cost one flush.</summary>
    internal int Batches { get; private set; }

    /// <summary>Completes when every line that was handed over is on disk or has failed. It never faults.</summary>
    internal Task Idle { get { lock (_gate) { return _writing; } } }

    /// <summary>Ends when the line, which has its end, is on disk; with what went wrong if it is not. Does not throw.</summary>
    internal Task<Exception?> AppendAsync(byte[] line)
    {
        Waiting added = new(line, new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_gate)
        {
            _waiting.Add(added);
            if (!_isWriting)
            {
                _isWriting = true;
                _writing = Task.Run(WriteAllAsync);
            }
        }

        return added.Done.Task;
    }

    private int Waits { get { lock (_gate) { return _waiting.Count; } } }

    private async Task WriteAllAsync()
    {
        int last = 0;
        while (true)
        {
            // Whose line has just been written is often about to write the next: where a disk flushes fast, they would come one by one.
            for (int turn = 0; turn < MostTurns && Waits < last; turn++)
            {
                await Task.Yield();
            }

            List<Waiting> batch;
            lock (_gate)
            {
                if (_waiting.Count == 0)
                {
                    _isWriting = false;
                    return;
                }

                (batch, _waiting) = (_waiting, []);
                last = batch.Count;
            }

            Batches++;
            Exception? fault = null;
            try
            {
                await WriteAsync(batch).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                // Whatever it is: paid work waits for an answer, and goes on without the journal.
                fault = exception;
            }

            _hasFailed = fault is not null;
            foreach (Waiting done in batch)
            {
                done.Done.SetResult(fault);
            }
        }
    }

    private async Task WriteAsync(List<Waiting> batch)
    {
        PrivateFile.EnsureFolder(Path.GetDirectoryName(path)!);

        // Who waited in vain once does not make each of a thousand submits wait again.
        TimeSpan wait = _hasFailed ? TimeSpan.Zero : limits.LockWait;
        FileStream? file = null;
        try
        {
            using (await ProcessLock.AcquireAsync(path + JournalFile.LockSuffix, wait, clock).ConfigureAwait(false))
            {
                file = PrivateFile.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
                Length = Append(file.SafeFileHandle, batch);
                if (OperatingSystem.IsWindows())
                {
                    // There, a file that somebody has open cannot be replaced by its compacted self.
                    RandomAccess.FlushToDisk(file.SafeFileHandle);
                    file.Dispose();
                    return;
                }
            }

            // Outside the lock, so that processes flush beside each other. If the file is compacted right now, the new one has these
            // lines too, and is flushed before it takes the place.
            RandomAccess.FlushToDisk(file.SafeFileHandle);
        }
        finally
        {
            file?.Dispose();
        }
    }

    private static long Append(SafeFileHandle file, List<Waiting> batch)
    {
        long end = RandomAccess.GetLength(file);
        byte[] last = [(byte)'\n'];
        if (end > 0)
        {
            RandomAccess.Read(file, last, end - 1);
        }

        // Behind a line that was cut by a crash, begin a fresh one.
        byte[] lines = [.. last[0] == '\n' ? Array.Empty<byte>() : "\n"u8.ToArray(), .. batch.SelectMany(w => w.Line)];
        try
        {
            RandomAccess.Write(file, lines, end);
        }
        catch
        {
            // A full disk may have taken a part.
            RandomAccess.SetLength(file, end);
            throw;
        }

        return end + lines.Length;
    }

    private readonly record struct Waiting(byte[] Line, TaskCompletionSource<Exception?> Done);
}
