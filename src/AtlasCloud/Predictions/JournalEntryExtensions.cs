using AtlasCloud.Predictions;

namespace AtlasCloud;

/// <summary>Connects journal entries with predictions.</summary>
public static class JournalEntryExtensions
{
    /// <summary>Returns the prediction of a journal entry, to wait for or to save.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>The prediction with what the journal knows about it; null while its ID is unknown.</returns>
    public static Prediction? ToPrediction(this JournalEntry entry) => entry.PredictionId is not string id ? null : new Prediction
    {
        Id = id,
        JournalId = entry.JournalId,
        IsResumed = true,
        Model = entry.Model,
        Kind = entry.Kind,
        Label = entry.Label,
        Status = entry.Status ?? "unknown",
        CreatedAt = TaskTimeWindow.Add(entry.LastSentAt, entry.ClockOffset ?? TimeSpan.Zero),
        SubmittedAt = entry.LastSentAt,
    };
}
