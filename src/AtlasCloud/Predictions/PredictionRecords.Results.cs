using AtlasCloud.Storage;

namespace AtlasCloud.Predictions;

/// <content>Records the outcome of results.</content>
internal sealed partial class PredictionRecords
{
    /// <summary>Records files that were saved.</summary>
    /// <param name="prediction">The prediction they belong to.</param>
    /// <param name="files">The files.</param>
    /// <param name="isComplete">Whether nothing is left to save.</param>
    internal async Task RecordSavedAsync(Prediction prediction, IReadOnlyList<SavedFile> files, bool isComplete)
    {
        if (await FindJournalIdAsync(prediction).ConfigureAwait(false) is string journalId)
        {
            _lookup!.AddFiles(prediction.Id, files);
            await _journal!.AppendSavedAsync(journalId, files, isComplete).ConfigureAwait(false);
        }
    }

    /// <summary>Closes the entry of a prediction whose result could not be downloaded and is too old to be available again.</summary>
    /// <param name="prediction">The prediction.</param>
    /// <param name="isUriExpired">Whether its newest URL has expired, whatever its age. The entry then shows that, and stays open until it is too old.</param>
    internal async Task RecordExpiredAsync(Prediction prediction, bool isUriExpired)
    {
        if (isUriExpired && await FindJournalIdAsync(prediction).ConfigureAwait(false) is string journalId)
        {
            await _journal!.AppendExpiredAsync(journalId).ConfigureAwait(false);
        }

        await CloseIfExpiredAsync(prediction, "The outputs have expired.").ConfigureAwait(false);
    }

    /// <summary>
    /// Finds what the journal knows about a prediction of another run: the prediction with values that the service does not return, and its files in a folder,
    /// unchanged in length, if all of its results were saved, there or elsewhere. An output can have several files, under different names.
    /// </summary>
    /// <returns>The prediction, and its files, each with the number of its output; empty if there are none.</returns>
    internal async Task<(Prediction Prediction, IReadOnlyList<SavedFile> Files)> FindSavedAsync(Prediction prediction, string folder)
    {
        if (prediction.IsReused)
        {
            return (prediction, FindIn(folder, prediction.Files));
        }

        if (_journal is null || (_own.Contains(prediction.Id) && !prediction.IsResumed)
            || await _lookup!.FindAsync(prediction.Id).ConfigureAwait(false) is not JournalEntry entry)
        {
            return (prediction, []);
        }

        Prediction known = prediction.MergeWith(entry.ToPrediction()! with { IsResumed = prediction.IsResumed, SubmittedAt = prediction.SubmittedAt });
        return (known, entry.State == JournalState.Saved ? FindIn(folder, entry.Files) : []);
    }

    // Files of earlier versions have no number, and were recorded in the order of the outputs.
    private static SavedFile[] FindIn(string folder, IReadOnlyList<SavedFile> files) =>
        [.. files.Select((f, i) => f with { Output = f.Output ?? i + 1 }).Where(f => FilePaths.IsSame(Path.GetDirectoryName(f.Path), folder) && f.IsUnchanged)];

    // By both clocks: this machine's can be wrong now, and was perhaps wrong at the submit.
    private async Task CloseIfExpiredAsync(Prediction prediction, string reason)
    {
        bool isExpired = prediction.SubmittedAt is DateTimeOffset submitted
            && _clock.GetUtcNow() - submitted > MaxOutputLifetime
            && _serviceClock.Now - (prediction.CreatedAt ?? submitted) > MaxOutputLifetime;
        if (isExpired && await FindJournalIdAsync(prediction).ConfigureAwait(false) is string journalId)
        {
            await _journal!.AppendClosedAsync(journalId, reason).ConfigureAwait(false);
        }
    }
}
