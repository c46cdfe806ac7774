
namespace AtlasCloud.PowerShell.Sessions;

/// <summary>The default journal of sessions.</summary>
internal static class SessionFiles
{
    // The predictions of an emulator end with it, so its journal is useful for a short time only.
    private static readonly TimeSpan s_emulatorJournalLifetime = TimeSpan.FromDays(1);

    /// <summary>Returns the journal for a service; null if the system defines no folder for it. Emulators have a journal of their own.</summary>
    internal static string? FindJournal(Uri service)
    {
        if (UserFolders.FromEnvironment().State is not string folder)
        {
            return null;
        }

        if (!service.IsAbsoluteUri || !service.IsLoopback)
        {
            return Path.Join(folder, "journal.jsonl");
        }

        FileInfo emulatorJournal = new(Path.Join(folder, "emulator.jsonl"));
        try
        {
            if (emulatorJournal.Exists && TimeProvider.System.GetUtcNow() - emulatorJournal.LastWriteTimeUtc > s_emulatorJournalLifetime)
            {
                emulatorJournal.Delete();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is in use or not writable, so it is kept.
        }

        return emulatorJournal.FullName;
    }
}
