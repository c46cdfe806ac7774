namespace AtlasCloud.Predictions;

/// <summary>A task in the account's history.</summary>
/// <param name="Digest">The digest of its request's exact content; empty if its request cannot be read, so that it can be any request.</param>
/// <param name="Task">The task. Its ID is empty if the item has no valid one: the task exists, but cannot be adopted.</param>
internal sealed record HistoryTask(string Digest, Prediction Task)
{
    internal string Id => Task.Id;

    /// <summary>Whether the item names exactly one ID. Its result can have another one.</summary>
    internal bool IsIdentified { get; init; } = Task.Id.Length > 0;

    /// <summary>Its model; null if the item names none, or its parts name different ones, so that it can be of any.</summary>
    internal string? Model { get; init; }

    internal DateTimeOffset? CreatedAt => Task.CreatedAt;

    /// <summary>Whether this can be a task of a model. Case does not matter, since the service may show its own spelling.</summary>
    internal bool IsOf(string? model) => Model is null || model is null || Model.Equals(model, StringComparison.OrdinalIgnoreCase);
}
