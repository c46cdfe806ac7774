using AtlasCloud.Journal;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace AtlasCloud.Tests;

/// <summary>Runs the tests, or writes a journal when a test starts this assembly again.</summary>
internal static class TestProgram
{
    /// <summary>The first argument of a process that writes a journal. The path, a name and a count follow.</summary>
    internal const string WriteJournal = "write-journal";

    // `dotnet test` talks to the testing platform; a person at the prompt gets the console runner of xunit.
    internal static Task<int> Main(string[] arguments) =>
        arguments is [WriteJournal, .. string[] rest] ? WriteJournalAsync(rest)
        : arguments.Contains("--server") ? TestPlatformTestFramework.RunAsync(arguments, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
        : ConsoleRunner.Run(arguments);

    /// <summary>
    /// Writes entries into a journal that is compacted all the time, and prints the ids of each step once that is on disk. Every second
    /// entry is settled.
    /// </summary>
    private static async Task<int> WriteJournalAsync(string[] arguments)
    {
        (string path, string name, int count) = (arguments[0], arguments[1], int.Parse(arguments[2], System.Globalization.CultureInfo.InvariantCulture));
        JournalLimits limits = SomeJournal.Restless with { LockTimeout = TimeSpan.FromMinutes(1) };
        await using JournalFile journal = JournalFile.Open(path, TimeProvider.System, limits)!;
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
