namespace AtlasCloud.Reuse;

/// <summary>Creates the errors about earlier requests.</summary>
internal static class ReuseErrors
{
    /// <summary>The request was paid, and neither files nor URLs of its result exist any more.</summary>
    internal static AtlasCloudException ResultGone(JournalEntry entry) => new(
        AtlasCloudErrorKind.DownloadIncomplete,
        $"The result of {(entry.PredictionId is string id ? $"prediction {id}" : "the request")} to {entry.Model} of {entry.LastSentAt:u} is no longer available: "
        + $"{DescribeFiles(entry)}, and its URLs have expired. It is paid for, so the request was not submitted again.")
    {
        Reason = AtlasCloudErrorReason.ReusedResultGone,
        PredictionId = entry.PredictionId,
        Model = entry.Model,
        Target = entry,
    };

    private static string DescribeFiles(JournalEntry entry) => entry.Files.Count == 0 ? "it was not saved" : $"'{entry.Files[0].Path}' was moved, changed or deleted";
}
