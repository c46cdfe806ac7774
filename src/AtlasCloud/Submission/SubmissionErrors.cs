using AtlasCloud.Http;
using AtlasCloud.Text;

namespace AtlasCloud.Submission;

/// <summary>Creates the errors about requests whose outcome is unknown. In all of them the request may run and be charged.</summary>
internal static class SubmissionErrors
{
    /// <summary>The request was sent and no understandable answer came.</summary>
    internal static AtlasCloudException OutcomeUnknown(string model, DateTimeOffset sentAt, string why, ApiResponse? response, Exception? inner) => new(
        AtlasCloudErrorKind.SubmitOutcomeUnknown,
        $"The request to {model} was sent at {sentAt:u} and its outcome is unknown: {why} The service may have accepted and charged it, so it is not retried.",
        inner)
    {
        Reason = AtlasCloudErrorReason.OutcomeUnknown,
        Status = response?.Status,
        RequestId = response?.RequestId,
        Model = model,
        Target = model,
    };

    /// <summary>An open journal entry matches no task, or several.</summary>
    internal static AtlasCloudException NotSettled(JournalEntry entry, string why, Exception? inner) => new(
        AtlasCloudErrorKind.SubmitOutcomeUnknown, $"The outcome of {Describe(entry)} is unknown. {why}", inner)
    {
        Reason = AtlasCloudErrorReason.OpenEntryNotSettled,
        Model = entry.Model,
        Target = entry,
    };

    /// <summary>An open journal entry belongs to another API key. The history of this key says nothing about it.</summary>
    internal static AtlasCloudException OtherAccount(JournalEntry entry) => new(
        AtlasCloudErrorKind.SubmitOutcomeUnknown,
        entry.PredictionId is string id
            ? $"Prediction {id} of {entry.Model} was submitted with another API key at {entry.LastSentAt:u}. Its journal entry is left unchanged."
            : $"The outcome of {Describe(entry)} is unknown, and it was sent with another API key. Its journal entry is left unchanged.")
    {
        Reason = AtlasCloudErrorReason.OpenEntryOfAnotherKey,
        PredictionId = entry.PredictionId,
        Model = entry.Model,
        Target = entry,
    };

    /// <summary>Names a request by its label, model and time, in the middle of a sentence.</summary>
    internal static string Describe(JournalEntry entry) =>
        $"the request{(string.IsNullOrEmpty(entry.Label) ? "" : $" '{SafeText.Sanitize(entry.Label)}'")} to {entry.Model} of {entry.LastSentAt:u}";

    /// <summary>The client keeps no journal.</summary>
    internal static AtlasCloudException NoJournal() => new(
        AtlasCloudErrorKind.InvalidParameter, "The journal of this session is turned off, so earlier requests cannot be listed.")
    {
        Reason = AtlasCloudErrorReason.NoJournal,
    };
}
