namespace AtlasCloud.Storage;

/// <summary>
/// A lock between processes: a file of its own that one at a time can have open. The system lets go of it when its holder dies, however
/// that happens, so a lock left behind does not exist. The file stays: whoever deleted it would split those who wait into two groups.
/// </summary>
internal static class ProcessLock
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits for the lock; disposing it lets go.</summary>
    /// <exception cref="IOException">Somebody else had it all the time.</exception>
    internal static async Task<IDisposable> AcquireAsync(string path, TimeSpan wait, TimeProvider clock)
    {
        long start = clock.GetTimestamp();
        TimeSpan pause = TimeSpan.FromMilliseconds(1);
        while (true)
        {
            try
            {
                return PrivateFile.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (IsHeld(exception) && clock.GetElapsedTime(start) < wait)
            {
                // Neither system tells when it becomes free.
            }

            await Task.Delay(pause, clock).ConfigureAwait(false);
            pause = pause < s_longest ? pause * 1.5 : s_longest;
        }
    }

    /// <summary>The lock if nobody has it, else null.</summary>
    internal static FileStream? TryAcquire(string path)
    {
        try
        {
            return PrivateFile.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (IsHeld(exception))
        {
            return null;
        }
    }

    // The numbers for it differ between systems; what else can go wrong with opening has a type of its own, save a full disk.
    private static bool IsHeld(IOException exception) => exception.GetType() == typeof(IOException);
}
