using System.Net;

namespace AtlasCloud.Outputs;

/// <summary>Creates the errors of a download. They differ in what may help: another attempt, a fresh address, or nothing.</summary>
internal static class DownloadErrors
{
    /// <summary>Another attempt would fail the same way.</summary>
    internal static AtlasCloudException Permanent(Output output, string why, Exception? inner = null) =>
        Create(output, why, inner, isTransient: false, retryAfter: null);

    /// <summary>Another attempt may succeed.</summary>
    internal static AtlasCloudException Transient(Output output, string why, Exception? inner = null, TimeSpan? retryAfter = null) =>
        Create(output, why, inner, isTransient: true, retryAfter);

    /// <summary>The address expired. The prediction may have a new one.</summary>
    internal static AtlasCloudException Expired(Output output, HttpStatusCode? status, string why, Exception? inner = null) =>
        new(AtlasCloudErrorKind.DownloadIncomplete, $"{Sentence(output, why)} Results are kept for a limited time.", inner)
        {
            Reason = AtlasCloudErrorReason.ResultExpired,
            Status = status,
            PredictionId = output.PredictionId,
            IsTransient = false,
            Target = output,
        };

    internal static bool IsTransient(Exception? exception) => exception is AtlasCloudException { IsTransient: true };

    internal static bool IsExpired(Exception? exception) => exception is AtlasCloudException { Reason: AtlasCloudErrorReason.ResultExpired };

    private static AtlasCloudException Create(Output output, string why, Exception? inner, bool isTransient, TimeSpan? retryAfter) =>
        new(AtlasCloudErrorKind.DownloadIncomplete, Sentence(output, why), inner)
        {
            Reason = AtlasCloudErrorReason.DownloadInterrupted,
            PredictionId = output.PredictionId,
            IsTransient = isTransient,
            RetryAfter = retryAfter,
            Target = output,
        };

    private static string Sentence(Output output, string why) =>
        $"Output {output.Index} of prediction {output.PredictionId ?? "(unknown)"} was not saved: {why}.";
}
