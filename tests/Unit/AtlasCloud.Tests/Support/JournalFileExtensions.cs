using AtlasCloud.Journal;

namespace AtlasCloud.Tests;

/// <summary>Appends requests and predictions to a journal.</summary>
internal static class JournalFileExtensions
{
    internal static Task<JournalEntry> AppendIntentAsync(this JournalFile journal, JournalIntent intent, CancellationToken cancellationToken) =>
        journal.AppendIntentAsync(intent, onNotSent: null, cancellationToken);

    internal static Task<JournalEntry?> TryAppendIntentAsync(this JournalFile journal, JournalIntent intent, JournalCondition condition, CancellationToken cancellationToken) =>
        journal.TryAppendIntentAsync(intent, condition, onNotSent: null, cancellationToken);

    internal static Task<bool> AppendIdAsync(this JournalFile journal, string journalId, Prediction prediction) =>
        journal.AppendIdAsync(journalId, ToUpdate(prediction));

    internal static Task<bool> AppendStatusAsync(this JournalFile journal, string journalId, Prediction prediction) => journal.AppendStatusAsync(
        journalId,
        prediction.State switch
        {
            PredictionState.Succeeded => JournalEvent.Completed,
            PredictionState.Failed => JournalEvent.Failed,
            _ => JournalEvent.Status,
        },
        ToUpdate(prediction));

    private static JournalUpdate ToUpdate(Prediction prediction) => new(prediction.Id)
    {
        SentAt = prediction.SubmittedAt,
        Model = prediction.Model,
        Kind = prediction.Kind,
        Status = prediction.Status,
        Reason = prediction.Error,
        Price = prediction.Price,
        Currency = prediction.Currency,
    };
}
