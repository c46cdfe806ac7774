namespace AtlasCloud.Submission;

/// <summary>What the history says about an open request.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Reason">The proof, or why there is none, as sentences.</param>
/// <param name="Task">The adopted task; null for other outcomes.</param>
internal sealed record RecoveryVerdict(RecoveryOutcome Outcome, string Reason, Prediction? Task = null)
{
    internal static RecoveryVerdict Adopted(Prediction task) => new(RecoveryOutcome.Adopted, "The history contains its task.", task);

    internal static RecoveryVerdict Open(string why) => new(RecoveryOutcome.Open, why);

    internal static RecoveryVerdict NotAccepted(string proof) => new(RecoveryOutcome.NotAccepted, proof);
}
