using AtlasCloud.Journal;

namespace AtlasCloud.Tests;

/// <summary>Plausible values for tests of the journal.</summary>
internal static class SomeJournal
{
    internal static readonly string Digest = new('a', 64);

    /// <summary>Limits with which a journal is compacted after a few lines.</summary>
    internal static readonly JournalLimits Restless = new() { MinCompactBytes = 4096, MaxSettledEntries = 5 };

    internal static JournalIntent Intent(string model = "acme/paint") => new(model, Digest) { Kind = ModelKind.Image };

    internal static Prediction Prediction(string id, PredictionState state = PredictionState.InFlight, string status = "processing") =>
        new() { Id = id, Model = "acme/paint", Kind = ModelKind.Image, State = state, Status = status };

    /// <summary>Opens a journal in the folder. With the default limits it is not compacted automatically.</summary>
    internal static JournalFile In(TemporaryFolder folder, TimeProvider? clock = null, JournalLimits? limits = null) =>
        folder.Own(JournalFile.Open(Path.Join(folder.Path, "journal.jsonl"), clock ?? TimeProvider.System, limits)!);

    /// <summary>Appends an intent and, if given, the ID.</summary>
    internal static async Task<string> Submit(this JournalFile journal, string? prediction = null)
    {
        JournalEntry entry = await journal.AppendIntentAsync(Intent(), CancellationToken.None);
        if (prediction is not null)
        {
            Assert.True(await journal.AppendIdAsync(entry.JournalId, Prediction(prediction)));
        }

        return entry.JournalId;
    }
}
