using System.Diagnostics;
using AtlasCloud.Journal;
using AtlasCloud.Soak;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace AtlasCloud.Tests;

/// <summary>Runs the tests, or does what a test needs a child process for.</summary>
internal static class TestProgram
{
    /// <summary>The first argument of a process that writes a journal, followed by path, name and count.</summary>
    internal const string WriteJournal = "write-journal";

    private const string Sleep = "sleep";

    /// <summary>Starts a process that runs until its standard input is closed.</summary>
    internal static Process StartSleeper()
    {
        ProcessStartInfo start = DotNetHost.StartInfo(typeof(TestProgram).Assembly.Location, [Sleep]);
        start.RedirectStandardInput = true;
        return Process.Start(start)!;
    }

    // `dotnet test` uses the testing platform; without arguments the console runner of xunit is used.
    internal static Task<int> Main(string[] arguments) =>
        arguments is [WriteJournal, .. string[] remaining] ? WriteJournalAsync(remaining)
        : arguments is [Sleep] ? Console.In.ReadToEndAsync().ContinueWith(_ => 0, TaskScheduler.Default)
        : arguments.Contains("--server") ? TestPlatformTestFramework.RunAsync(arguments, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
        : ConsoleRunner.Run(arguments);

    /// <summary>
    /// Writes entries to a journal that is compacted continuously, and prints each step with its entry's ID once it is on disk. Every second
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
            await ReportAsync("id", entry, journal.AppendIdAsync(entry.JournalId, prediction));
            if (i % 2 == 1)
            {
                await ReportAsync("failed", entry, journal.AppendStatusAsync(entry.JournalId, prediction with { State = PredictionState.Failed, Status = "failed" }));
            }
        }

        await journal.Compaction;
        return 0;
    }

    private static async Task ReportAsync(string step, JournalEntry entry, Task<bool> written)
    {
        if (!await written)
        {
            throw new IOException("The line was not written to the journal.");
        }

        Console.WriteLine($"{step} {entry.JournalId}");
    }
}
