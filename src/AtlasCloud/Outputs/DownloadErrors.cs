using System.Net;

namespace AtlasCloud.Outputs;

/// <summary>Makes the errors of a download, which differ in what may help against them.</summary>
internal static class DownloadErrors
{
    private const string Mark = "AtlasCloud.DownloadFault";

    /// <summary>Trying again is pointless.</summary>
    internal static AtlasCloudException Permanent(Output output, string why, Exception? inner = null) => Make(output, why, inner, null);

    /// <summary>It may go better in a moment.</summary>
    internal static AtlasCloudException Transient(Output output, string why, Exception? inner = null, TimeSpan? retryAfter = null) =>
        Make(output, why, inner, retryAfter).Marked(nameof(Transient));

    /// <summary>The address leads nowhere any more; the prediction may know another.</summary>
    internal static AtlasCloudException Expired(Output output, HttpStatusCode? status, string why, Exception? inner = null) =>
        new AtlasCloudException(AtlasCloudErrorKind.DownloadIncomplete, Sentence(output, why) + " Results are kept for a limited time.", inner)
        {
            Status = status,
            RecommendedAction = "The service keeps results for about two weeks, and upstream hosts for as little as a day. What is gone can only be made again, which is charged.",
            Target = output,
        }.Marked(nameof(Expired));

    internal static bool IsTransient(Exception? exception) => Equals(exception?.Data[Mark], nameof(Transient));

    internal static bool IsExpired(Exception? exception) => Equals(exception?.Data[Mark], nameof(Expired));

    private static AtlasCloudException Make(Output output, string why, Exception? inner, TimeSpan? retryAfter) =>
        new(AtlasCloudErrorKind.DownloadIncomplete, Sentence(output, why), inner)
        {
            RecommendedAction = output.PredictionId is string id
                ? $"Try again with: Get-AtlasPrediction {id} | Save-AtlasOutput. Results are kept for a limited time."
                : "Try again soon: results are kept for a limited time.",
            RetryAfter = retryAfter,
            Target = output,
        };

    private static string Sentence(Output output, string why) =>
        $"Output {output.Index} of prediction {output.PredictionId ?? "(unknown)"} was not saved: {why}.";

    private static AtlasCloudException Marked(this AtlasCloudException exception, string mark)
    {
        exception.Data[Mark] = mark;
        return exception;
    }
}
