
namespace AtlasCloud.PowerShell.Sessions;

/// <summary>Where sessions keep their journal when nobody says where.</summary>
internal static class SessionFiles
{
    // What an emulator made is gone with it; nobody looks for it the day after.
    private static readonly TimeSpan s_lifeOfEmulated = TimeSpan.FromDays(1);

    /// <summary>The journal for a service; null where the system names no folder for it. Emulators do not write into that of the real one.</summary>
    internal static string? JournalOf(Uri service)
    {
        if (UserFolders.FromEnvironment().State is not string folder)
        {
            return null;
        }

        if (!service.IsAbsoluteUri || !service.IsLoopback)
        {
            return Path.Join(folder, "journal.jsonl");
        }

        FileInfo emulated = new(Path.Join(folder, "emulator.jsonl"));
        try
        {
            if (emulated.Exists && TimeProvider.System.GetUtcNow() - emulated.LastWriteTimeUtc > s_lifeOfEmulated)
            {
                emulated.Delete();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Somebody uses it, or we may not: it stays.
        }

        return emulated.FullName;
    }
}
