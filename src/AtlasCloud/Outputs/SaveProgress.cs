using AtlasCloud.Predictions;

namespace AtlasCloud.Outputs;

/// <summary>Tells the journal of each file that a prediction gave, and when the last of them is on disk.</summary>
internal sealed class SaveProgress(PredictionRecords records, Prediction prediction, int count)
{
    private readonly bool _isEmpty = count == 0;
    private int _left = count;

    /// <summary>A prediction that gave nothing has nothing to wait for.</summary>
    internal Task BeginAsync() => _isEmpty ? records.RecordSavedAsync(prediction, [], isComplete: true) : Task.CompletedTask;

    /// <summary>One of the files is on disk.</summary>
    internal Task SavedAsync(SavedFile file) => records.RecordSavedAsync(prediction, [file], isComplete: Interlocked.Decrement(ref _left) == 0);
}
