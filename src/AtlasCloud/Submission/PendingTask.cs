namespace AtlasCloud;

/// <summary>A request that may have cost money and whose result was not collected yet.</summary>
/// <param name="Entry">Its journal entry.</param>
/// <param name="Prediction">The prediction to wait for; null if its ID is unknown.</param>
/// <param name="Failure">Why the ID is unknown; null if it is known.</param>
public sealed record PendingTask(JournalEntry Entry, Prediction? Prediction, AtlasCloudException? Failure);
