using AtlasCloud.Predictions;

namespace AtlasCloud;

/// <summary>Which past tasks to list. API reference, section 7.</summary>
public sealed record HistoryQuery
{
    /// <summary>The state. Default: null, all.</summary>
    public PredictionState? State { get; init; }

    /// <summary>The status in the words of the service: created, processing, completed, failed or timeout. It is sent in place of <see cref="State"/>. Default: null, all.</summary>
    public string? Status { get; init; }

    /// <summary>The exact model ID. Default: null, all.</summary>
    public string? Model { get; init; }

    /// <summary>The start of the model ID. Default: null, all.</summary>
    public string? ModelPrefix { get; init; }

    /// <summary>Whether a task matches. The service ignores filters that it does not know, and then returns all tasks.</summary>
    internal bool Matches(Prediction task) =>
        (State is null || State == task.State || State == PredictionReader.GetState(task.Status))
        && (Status is null || Status.Equals(task.Status, StringComparison.OrdinalIgnoreCase))
        && (Model is null || task.Model is null || Model.Equals(task.Model, StringComparison.OrdinalIgnoreCase))
        && (ModelPrefix is null || task.Model?.StartsWith(ModelPrefix, StringComparison.OrdinalIgnoreCase) != false);
}
