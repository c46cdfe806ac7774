using AtlasCloud.Predictions;

namespace AtlasCloud.Outputs;

/// <summary>Records each saved file of a prediction in the journal, and that the prediction is complete with the last one.</summary>
internal sealed class SaveProgress(PredictionRecords records, Prediction prediction, int count)
{
    private readonly bool _isEmpty = count == 0;
    private int _remaining = count;

    /// <summary>A prediction without outputs is complete at once.</summary>
    internal Task BeginAsync() => _isEmpty ? records.RecordSavedAsync(prediction, [], isComplete: true) : Task.CompletedTask;

    /// <summary>Records a file that is on disk.</summary>
    internal Task RecordAsync(SavedFile file) => records.RecordSavedAsync(prediction, [file], isComplete: Interlocked.Decrement(ref _remaining) == 0);
}
