using AtlasCloud.Journal;

namespace AtlasCloud.Tests;

/// <summary>Plausible things for a journal.</summary>
internal static class SomeJournal
{
    internal static readonly string Digest = new('a', 64);

    /// <summary>Limits under which a journal is compacted after a few lines.</summary>
    internal static readonly JournalLimits Restless = new() { MinCompactBytes = 4096, MaxSettledEntries = 5 };

    internal static JournalIntent Intent(string model = "acme/paint") => new(model, Digest) { Kind = ModelKind.Image };

    internal static Prediction Prediction(string id, PredictionState state = PredictionState.InFlight, string status = "processing") =>
        new() { Id = id, Model = "acme/paint", Kind = ModelKind.Image, State = state, Status = status };

    /// <summary>A journal in the folder, with limits that leave it alone unless others are given.</summary>
    internal static JournalFile In(TemporaryFolder folder, TimeProvider? clock = null, JournalLimits? limits = null) =>
        folder.Own(JournalFile.Open(Path.Join(folder.Path, "journal.jsonl"), clock ?? TimeProvider.System, limits)!);

    /// <summary>Writes an intent and, if it is given, the id.</summary>
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
