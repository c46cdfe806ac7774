using AtlasCloud.Predictions;

namespace AtlasCloud.Outputs;

/// <summary>Records each saved file of a prediction in the journal, and that the prediction is complete with the last one.</summary>
internal sealed class SaveProgress(PredictionRecords records, Prediction prediction, int count)
{
    private int _remaining = count;

    /// <summary>Records a file that is on disk. One of unknown type may not be the result, so that the prediction stays open.</summary>
    internal Task RecordAsync(SavedFile file) =>
        records.RecordSavedAsync(prediction, [file], isComplete: !file.IsUnrecognized && Interlocked.Decrement(ref _remaining) == 0);
}
