namespace AtlasCloud.Submission;

/// <summary>A task in the account's history that may be the result of a request whose answer was lost.</summary>
/// <param name="Digest">What identifies its content; empty if its request cannot be read, which matches nothing.</param>
/// <param name="Task">The task.</param>
internal sealed record HistoryTask(string Digest, Prediction Task);
