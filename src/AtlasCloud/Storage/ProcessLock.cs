namespace AtlasCloud.Storage;

/// <summary>
/// A lock between processes: a separate file that one process at a time opens exclusively. The operating system releases it when the process ends for any
/// reason, so there are no stale locks. The file is never deleted: two processes could then hold locks on different files of that name.
/// </summary>
internal static class ProcessLock
{
    private static readonly TimeSpan s_maxDelay = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits for the lock. Disposing the result releases it.</summary>
    /// <exception cref="IOException">Another process held the lock until the timeout.</exception>
    /// <exception cref="UnauthorizedAccessException">The path is a link, or may not be written.</exception>
    internal static async Task<IDisposable> AcquireAsync(string path, TimeSpan timeout, TimeProvider clock)
    {
        long start = clock.GetTimestamp();
        TimeSpan delay = TimeSpan.FromMilliseconds(1);
        while (true)
        {
            try
            {
                return PrivateFile.OpenUnlinked(path, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (IsHeld(exception) && clock.GetElapsedTime(start) < timeout)
            {
                // No system signals the release, so the lock is polled.
            }

            await Task.Delay(delay, clock).ConfigureAwait(false);
            delay = delay < s_maxDelay ? delay * 1.5 : s_maxDelay;
        }
    }

    /// <summary>Acquires the lock if it is free; null otherwise.</summary>
    internal static FileStream? TryAcquire(string path)
    {
        try
        {
            return PrivateFile.OpenUnlinked(path, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (IsHeld(exception))
        {
            return null;
        }
    }

    // The error code of a sharing violation differs between systems. Other errors of opening a file have derived exception types, except a full disk.
    private static bool IsHeld(IOException exception) => exception.GetType() == typeof(IOException);
}
