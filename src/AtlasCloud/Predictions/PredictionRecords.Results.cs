using AtlasCloud.Storage;

namespace AtlasCloud.Predictions;

/// <content>Records the outcome of results.</content>
internal sealed partial class PredictionRecords
{
    /// <summary>Records files that were saved.</summary>
    /// <param name="prediction">The prediction they belong to.</param>
    /// <param name="files">The files.</param>
    /// <param name="isComplete">Whether nothing is left to save.</param>
    internal async Task RecordSavedAsync(Prediction prediction, IEnumerable<SavedFile> files, bool isComplete)
    {
        if (await FindJournalIdAsync(prediction).ConfigureAwait(false) is string journalId)
        {
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

    /// <summary>The files of a prediction if all of them are in a folder, unchanged in length; empty otherwise.</summary>
    internal async Task<IReadOnlyList<SavedFile>> FindSavedFilesAsync(Prediction prediction, string folder)
    {
        if (prediction.IsReused)
        {
            return IsSavedIn(prediction.Files, folder) ? prediction.Files : [];
        }

        if (_journal is null || (_own.Contains(prediction.Id) && !prediction.IsResumed)
            || await _lookup!.FindAsync(prediction.Id).ConfigureAwait(false) is not { State: JournalState.Saved } entry)
        {
            return [];
        }

        return IsSavedIn(entry.Files, folder) ? entry.Files : [];
    }

    private static bool IsSavedIn(IReadOnlyList<SavedFile> files, string folder) =>
        files.All(f => FilePaths.IsSame(Path.GetDirectoryName(f.Path), folder) && f.IsUnchanged);

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
