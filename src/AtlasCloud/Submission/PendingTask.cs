namespace AtlasCloud.Submission;

/// <summary>Something that was paid for, or may have been, and was not collected yet.</summary>
/// <param name="Entry">What the journal has of it.</param>
/// <param name="Prediction">What to wait for; null where no id is known.</param>
/// <param name="Problem">Why there is no id; null where there is one.</param>
internal sealed record PendingTask(JournalEntry Entry, Prediction? Prediction, AtlasCloudException? Problem);
