using AtlasCloud.Journal;

namespace AtlasCloud.Tests;

/// <summary>What this assembly does when a test starts it as a process of its own.</summary>
internal static class TestProgram
{
    /// <summary>
    /// Writes entries into a journal that is compacted all the time, and prints the ids of each step once that is on disk. Every second
    /// entry is settled.
    /// </summary>
    internal static async Task<int> Main(string[] arguments)
    {
        (string path, string name, int count) = (arguments[0], arguments[1], int.Parse(arguments[2], System.Globalization.CultureInfo.InvariantCulture));
        JournalLimits limits = SomeJournal.Restless with { LockWait = TimeSpan.FromMinutes(1) };
        JournalFile journal = JournalFile.Open(path, TimeProvider.System, limits)!;
        for (int i = 0; i < count; i++)
        {
            JournalEntry entry = await journal.AppendIntentAsync(SomeJournal.Intent() with { Label = $"{name}-{i}" }, CancellationToken.None);
            Console.WriteLine($"intent {entry.JournalId}");
            Prediction prediction = new() { Id = $"{name}-{i}", Model = "acme/paint", Kind = ModelKind.Image };
            await Say("id", entry, journal.AppendIdAsync(entry.JournalId, prediction));
            if (i % 2 == 1)
            {
                await Say("failed", entry, journal.AppendStatusAsync(entry.JournalId, prediction with { State = PredictionState.Failed, Status = "failed" }));
            }
        }

        await journal.Compaction;
        return 0;
    }

    private static async Task Say(string word, JournalEntry entry, Task<bool> written)
    {
        if (!await written)
        {
            throw new IOException("The journal did not take it.");
        }

        Console.WriteLine($"{word} {entry.JournalId}");
    }
}
