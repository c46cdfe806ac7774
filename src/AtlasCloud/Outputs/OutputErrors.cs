using System.Net;
using AtlasCloud.Text;

namespace AtlasCloud.Outputs;

/// <summary>Creates the errors about saving results. Saving again costs nothing.</summary>
internal static class OutputErrors
{
    /// <summary>Another attempt would fail the same way.</summary>
    internal static AtlasCloudException Permanent(Output output, string problem, Exception? inner = null) =>
        Incomplete(output, problem, inner, isTransient: false, retryAfter: null);

    /// <summary>Another attempt may succeed.</summary>
    internal static AtlasCloudException Transient(Output output, string problem, Exception? inner = null, TimeSpan? retryAfter = null) =>
        Incomplete(output, problem, inner, isTransient: true, retryAfter);

    /// <summary>The address expired. The prediction may have a new one.</summary>
    internal static AtlasCloudException Expired(Output output, HttpStatusCode? status, string problem, Exception? inner = null) =>
        new(AtlasCloudErrorKind.DownloadIncomplete, Describe(output, problem), inner)
        {
            Reason = AtlasCloudErrorReason.ResultExpired,
            Status = status,
            PredictionId = output.PredictionId,
            IsTransient = false,
            Target = output,
        };

    /// <summary>The host sent something else than a result.</summary>
    internal static AtlasCloudException NotAResult(Output output, string problem) =>
        new(AtlasCloudErrorKind.DownloadIncomplete, Describe(output, problem))
        {
            Reason = AtlasCloudErrorReason.ContentNotAResult,
            PredictionId = output.PredictionId,
            IsTransient = false,
            Target = output,
        };

    /// <summary>The file is larger than the caller allows.</summary>
    internal static AtlasCloudException TooLarge(Output output, long maximumSize) =>
        new(AtlasCloudErrorKind.DownloadIncomplete, Describe(output, $"it is larger than the limit of {maximumSize} bytes"))
        {
            Reason = AtlasCloudErrorReason.FileTooLarge,
            PredictionId = output.PredictionId,
            Limit = maximumSize,
            IsTransient = false,
            Target = output,
        };

    /// <summary>Results are not downloaded from this address.</summary>
    internal static AtlasCloudException AddressNotAllowed(Uri address)
    {
        string shown = SafeText.Sanitize(address.GetLeftPart(UriPartial.Path), length: 200);
        return new(AtlasCloudErrorKind.DownloadIncomplete, $"The download from '{shown}' was blocked: the URL must use https and a public host.")
        {
            Reason = AtlasCloudErrorReason.DownloadAddressNotAllowed,
            Value = shown,
        };
    }

    /// <summary>The target exists.</summary>
    internal static AtlasCloudException Exists(string path) =>
        new(AtlasCloudErrorKind.FileExists, $"'{path}' already exists. It was not overwritten.") { Reason = AtlasCloudErrorReason.TargetExists, Value = path, Target = path };

    /// <summary>The same for an output of a prediction, which is not lost.</summary>
    internal static AtlasCloudException ExistsForPrediction(AtlasCloudException exists, PlannedFile file) => exists.With(
        message: $"{exists.Message} Output {file.Output.Index} of prediction {file.Prediction.Id} is already generated and stays available on the service; saving it again is free.",
        predictionId: file.Prediction.Id);

    /// <summary>The folder is a file.</summary>
    internal static AtlasCloudException FolderIsFile(string path) =>
        new(AtlasCloudErrorKind.InvalidParameter, $"The destination '{path}' is a file, not a folder. Nothing was saved.")
        {
            Reason = AtlasCloudErrorReason.DestinationIsFile,
            Input = nameof(SaveOptions.Folder),
            Value = path,
            Target = path,
        };

    /// <summary>The name template is malformed.</summary>
    internal static AtlasCloudException InvalidTemplate(string problem, IReadOnlyList<string> placeholders) =>
        new(AtlasCloudErrorKind.InvalidParameter, $"{problem}. Nothing was saved.")
        {
            Reason = AtlasCloudErrorReason.NameTemplateInvalid,
            Input = nameof(SaveOptions.NameTemplate),
            Allowed = [.. placeholders.Select(p => $"{{{p}}}")],
        };

    /// <summary>There is nothing to save yet.</summary>
    internal static AtlasCloudException NotFinished(Prediction prediction) =>
        new(AtlasCloudErrorKind.InvalidParameter, $"Prediction {prediction.Id} has not finished ('{prediction.Status}'), so there is nothing to save yet.")
        {
            Reason = AtlasCloudErrorReason.PredictionNotFinished,
            PredictionId = prediction.Id,
            Target = prediction,
        };

    /// <summary>Whether another attempt may succeed.</summary>
    internal static bool IsTransient(Exception? exception) => exception is AtlasCloudException { IsTransient: true };

    /// <summary>Whether the address expired.</summary>
    internal static bool IsExpired(Exception? exception) => exception is AtlasCloudException { Reason: AtlasCloudErrorReason.ResultExpired };

    private static AtlasCloudException Incomplete(Output output, string problem, Exception? inner, bool isTransient, TimeSpan? retryAfter) =>
        new(AtlasCloudErrorKind.DownloadIncomplete, Describe(output, problem), inner)
        {
            Reason = AtlasCloudErrorReason.DownloadInterrupted,
            PredictionId = output.PredictionId,
            IsTransient = isTransient,
            RetryAfter = retryAfter,
            Target = output,
        };

    private static string Describe(Output output, string problem) =>
        $"Output {output.Index} of prediction {output.PredictionId ?? "(unknown)"} was not saved: {problem}.";
}
