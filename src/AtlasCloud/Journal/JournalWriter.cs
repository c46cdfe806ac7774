using AtlasCloud.Storage;
using Microsoft.Win32.SafeHandles;

namespace AtlasCloud.Journal;

/// <summary>
/// Writes lines to disk in batches. Lines that arrive while a batch is written and flushed form the next batch: a thousand concurrent lines need only a
/// few flushes, and a single line is written without delay.
/// </summary>
/// <remarks>
/// FileMode.Append seeks to the end once, when the file is opened, and would overwrite what other processes have appended since. So each batch acquires
/// the lock between processes, opens the file, writes at its end and closes it. Opening the file for each batch also makes compaction and deletion safe,
/// and its cost is negligible compared to the flush.
/// </remarks>
internal sealed class JournalWriter(string path, JournalLimits limits)
{
    private const int MaxYields = 20;

    private readonly object _gate = new();
    private List<PendingLine> _pending = [];
    private Task _writeLoop = Task.CompletedTask;
    private bool _isWriting;
    private bool _hasFailed;

    /// <summary>The size of the file after the last batch.</summary>
    internal long Length { get; private set; }

    /// <summary>The number of batches, each of which is flushed once.</summary>
    internal int Batches { get; private set; }

    /// <summary>Completes when all appended lines are on disk or have failed. Never faults.</summary>
    internal Task Idle { get { lock (_gate) { return _writeLoop; } } }

    /// <summary>Appends a line, which includes its line break. Does not throw.</summary>
    /// <returns>Null once the line is on disk; the exception if it could not be written.</returns>
    internal async Task<Exception?> AppendAsync(byte[] line) => (await AddAsync(line, null).ConfigureAwait(false)).Failure;

    /// <summary>Appends a line if a condition holds. Does not throw.</summary>
    /// <param name="line">The line, including its line break.</param>
    /// <param name="condition">Decides under the lock between processes, with all earlier lines in the file.</param>
    internal Task<Result> TryAppendAsync(byte[] line, Func<SafeFileHandle, bool> condition) => AddAsync(line, condition);

    private Task<Result> AddAsync(byte[] line, Func<SafeFileHandle, bool>? condition)
    {
        PendingLine added = new(line, condition);
        lock (_gate)
        {
            _pending.Add(added);
            if (!_isWriting)
            {
                _isWriting = true;
                _writeLoop = Task.Run(WriteAllAsync);
            }
        }

        return added.Done.Task;
    }

    private int PendingCount { get { lock (_gate) { return _pending.Count; } } }

    private async Task WriteAllAsync()
    {
        int lastCount = 0;
        while (true)
        {
            // Callers whose line was just written often append another at once. On a disk that flushes fast, each would become its own batch.
            for (int yields = 0; yields < MaxYields && PendingCount < lastCount; yields++)
            {
                await Task.Yield();
            }

            List<PendingLine> batch;
            lock (_gate)
            {
                if (_pending.Count == 0)
                {
                    _isWriting = false;
                    return;
                }

                (batch, _pending) = (_pending, []);
                lastCount = batch.Count;
            }

            Batches++;
            Exception? failure = null;
            try
            {
                await WriteAsync(batch).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                // Every exception is returned: paid work awaits the result, and continues without the journal.
                failure = exception;
            }

            _hasFailed = failure is not null;
            foreach (PendingLine line in batch)
            {
                line.Done.SetResult(new Result(line.IsWanted && failure is null && line.Failure is null, line.Failure ?? failure));
            }
        }
    }

    private async Task WriteAsync(List<PendingLine> batch)
    {
        PrivateFile.EnsureFolder(Path.GetDirectoryName(path)!);

        // After a failed batch the lock is tried only once, so that not every submit waits for the timeout.
        TimeSpan timeout = _hasFailed ? TimeSpan.Zero : limits.LockTimeout;
        FileStream? file = null;
        try
        {
            using (await ProcessLock.AcquireAsync(path + JournalFile.LockSuffix, timeout, limits.LockClock).ConfigureAwait(false))
            {
                file = PrivateFile.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
                Length = Append(file.SafeFileHandle, batch);
                if (OperatingSystem.IsWindows())
                {
                    // Closed within the lock: on Windows, compaction cannot replace a file that is open.
                    RandomAccess.FlushToDisk(file.SafeFileHandle);
                    file.Dispose();
                    return;
                }
            }

            // Outside the lock, so that processes flush concurrently. If the file is being compacted, the new file has these lines too, and is
            // flushed before it replaces this one.
            RandomAccess.FlushToDisk(file.SafeFileHandle);
        }
        finally
        {
            file?.Dispose();
        }
    }

    private static long Append(SafeFileHandle file, List<PendingLine> batch)
    {
        long end = RandomAccess.GetLength(file);
        byte[] last = [(byte)'\n'];
        if (end > 0)
        {
            RandomAccess.Read(file, last, end - 1);
        }

        // Terminates a line that was truncated by a crash.
        List<byte[]> lines = last[0] == '\n' ? [] : ["\n"u8.ToArray()];
        long written = end;
        try
        {
            foreach (PendingLine line in batch)
            {
                if (line.HasCondition)
                {
                    // The condition sees all lines before this one.
                    written = Write(file, lines, written);
                    line.Decide(file);
                }

                if (line.IsWanted)
                {
                    lines.Add(line.Line);
                }
            }

            return Write(file, lines, written);
        }
        catch
        {
            // A full disk may have accepted a part of the lines.
            RandomAccess.SetLength(file, end);
            throw;
        }
    }

    private static long Write(SafeFileHandle file, List<byte[]> lines, long offset)
    {
        byte[] bytes = [.. lines.SelectMany(l => l)];
        lines.Clear();
        RandomAccess.Write(file, bytes, offset);
        return offset + bytes.Length;
    }

    /// <summary>The outcome of writing a line.</summary>
    /// <param name="IsWritten">Whether it is on disk.</param>
    /// <param name="Failure">Why it is not, unless its condition does not hold; null otherwise.</param>
    internal readonly record struct Result(bool IsWritten, Exception? Failure);

    private sealed class PendingLine(byte[] line, Func<SafeFileHandle, bool>? condition)
    {
        internal byte[] Line => line;

        internal bool HasCondition => condition is not null;

        internal bool IsWanted { get; private set; } = true;

        internal TaskCompletionSource<Result> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Why the condition could not be decided; null if it was.</summary>
        internal Exception? Failure { get; private set; }

        internal void Decide(SafeFileHandle file)
        {
            try
            {
                IsWanted = condition!(file);
            }
            catch (Exception exception)
            {
                // It belongs to this line only; the others are written.
                (IsWanted, Failure) = (false, exception);
            }
        }
    }
}
