using AtlasCloud.Submission;

namespace AtlasCloud.Reuse;

/// <summary>Creates the errors about earlier requests.</summary>
internal static class ReuseErrors
{
    /// <summary>The request was paid, its files do not contain the result, and its URLs have expired.</summary>
    internal static AtlasCloudException ResultGone(JournalEntry entry) => new(
        AtlasCloudErrorKind.DownloadIncomplete,
        $"The result of {SubmissionErrors.Describe(entry)}{(entry.PredictionId is string id ? $" (prediction {id})" : "")} is no longer available: "
        + $"{DescribeFiles(entry)}, and its URLs have expired. It is paid for, so the request was not submitted again.")
    {
        Reason = AtlasCloudErrorReason.ReusedResultGone,
        PredictionId = entry.PredictionId,
        Model = entry.Model,
        Target = entry,
    };

    // Unchanged files are those of a text result, whose details only the service returns.
    private static string DescribeFiles(JournalEntry entry) => entry.Files.Count == 0 ? "it was not saved"
        : entry.Files.FirstOrDefault(f => !f.IsUnchanged) is SavedFile changed ? $"'{changed.Path}' was moved, changed or deleted"
        : $"'{entry.Files[0].Path}' does not contain all of it";
}
