using System.Globalization;
using System.Text.Json.Nodes;
using AtlasCloud.Http;
using AtlasCloud.Json;
using AtlasCloud.Requests;
using AtlasCloud.Text;

namespace AtlasCloud.Predictions;

/// <summary>Creates the errors about a single prediction.</summary>
internal static class PredictionErrors
{
    /// <summary>The error for a prediction that failed, or whose result cannot be read; null for any other.</summary>
    internal static AtlasCloudException? Find(Prediction prediction)
    {
        if (prediction.State != PredictionState.Failed)
        {
            return prediction is { State: PredictionState.Succeeded, HasUnreadOutputs: true, Outputs.Count: 0 } ? OutputsUnread(prediction) : null;
        }

        bool isBlocked = prediction.ErrorCode is ServiceErrorCodes.BlockedByModeration or ServiceErrorCodes.RealPersonDetected
            || ResponseErrors.IsAboutModeration(prediction.Error);
        string code = prediction.ErrorCode is int number ? string.Create(CultureInfo.InvariantCulture, $" (code {number})") : "";
        bool isCanceled = !isBlocked && PredictionReader.IsCanceled(prediction.Status);
        string why = FindCause(prediction) is string cause ? $": {cause}" : isCanceled ? "" : ". The service gave no reason";
        string model = prediction.Model is null ? "" : $" on {SafeText.Sanitize(prediction.Model, length: 100)}";
        string unregistered = isCanceled ? "" : FindUnregistered(prediction);
        return new AtlasCloudException(
            isBlocked ? AtlasCloudErrorKind.ContentBlocked : AtlasCloudErrorKind.PredictionFailed,
            $"Prediction {Name(prediction)}{model} {(isCanceled ? "was canceled on the service" : $"ended with status '{prediction.Status}'")}{why}{code}. {DescribeCharge(prediction)}")
        {
            ServerMessage = prediction.Error,
            RequestId = prediction.RequestId,
            PredictionId = prediction.Id,
            Model = prediction.Model,
            Target = prediction,
            Reason = isCanceled ? AtlasCloudErrorReason.PredictionCanceled
                : unregistered.Length > 0 ? AtlasCloudErrorReason.MediaNotRegistered
                : AtlasCloudErrorReason.None,
            Input = unregistered.Length > 0 ? unregistered : null,
        };
    }

    /// <summary>The prediction completed, and some or all of its outputs have a shape that is not known.</summary>
    internal static AtlasCloudException OutputsUnread(Prediction prediction) => OutputsUnread(
        prediction.Id, $"{(prediction.Outputs.Count > 0 ? "some of its outputs" : "its outputs")} could not be read. {DescribeCharge(prediction)}", prediction);

    /// <summary>The same, for one of several outputs.</summary>
    internal static AtlasCloudException OutputsUnread(string? predictionId, string problem, object target) => new(
        AtlasCloudErrorKind.UnexpectedReply, $"Prediction {predictionId ?? "(unknown)"} completed, but {problem}")
    {
        Reason = AtlasCloudErrorReason.OutputsUnreadable,
        PredictionId = predictionId,
        Target = target,
    };

    /// <summary>The prediction did not finish within the limit.</summary>
    internal static AtlasCloudException TimedOut(WatchedPrediction watched)
    {
        Prediction prediction = watched.Prediction;
        string limit = Format(watched.Limit);
        string subject = $"Prediction {Name(prediction)}";
        string message = watched switch
        {
            { LastFailure: AtlasCloudException failure, IsAnswered: false } =>
                $"The service did not return the status of prediction {Name(prediction)} within {limit}. The last poll failed: {Shorten(failure)} The prediction may continue on the service and may be charged.",
            { LastFailure: AtlasCloudException failure } =>
                $"{subject} had not finished after {limit}; its last known status is '{prediction.Status}'. The last poll failed: {Shorten(failure)} It may continue on the service and may be charged.",
            _ => $"{subject} was still '{prediction.Status}' after {limit}. It continues on the service and may be charged.",
        };
        return new AtlasCloudException(AtlasCloudErrorKind.PredictionTimedOut, message, watched.LastFailure)
        {
            Reason = watched.LastFailure is null ? AtlasCloudErrorReason.WaitTimedOut : AtlasCloudErrorReason.WaitUnanswered,
            PredictionId = prediction.Id,
            Limit = (decimal)watched.Limit.TotalSeconds,
            Target = prediction,
        };
    }

    /// <summary>The service does not know the prediction.</summary>
    internal static AtlasCloudException NotFound(ApiResponse response, Prediction prediction) =>
        new(AtlasCloudErrorKind.PredictionNotFound, $"The service does not know prediction {prediction.Id}.")
        {
            Reason = AtlasCloudErrorReason.PredictionUnknown,
            Status = response.Status,
            RequestId = response.RequestId,
            PredictionId = prediction.Id,
            Target = prediction,
        };

    /// <summary>Earlier requests cannot be reused without a journal.</summary>
    /// <param name="problem">What is wrong, as the beginning of a sentence.</param>
    /// <param name="path">The journal; null if there is none.</param>
    /// <param name="inner">The failure; null if there is none.</param>
    internal static AtlasCloudException ReuseNeedsJournal(string problem, string? path, Exception? inner) => new(
        AtlasCloudErrorKind.InvalidParameter,
        $"{problem}{(inner is null ? "" : $" ({SafeText.Sanitize(inner.Message).TrimEnd('.')})")}, so it is unknown what earlier runs have paid for. Nothing was submitted.",
        inner)
    {
        Reason = AtlasCloudErrorReason.ReuseNeedsJournal,
        Value = path,
    };

    /// <summary>A finished prediction cannot be canceled.</summary>
    internal static AtlasCloudException AlreadyFinished(Prediction prediction) =>
        NotCancellable(prediction, $"it has ended with status '{prediction.Status}'", AtlasCloudErrorReason.AlreadyFinished);

    /// <summary>The service offers no way to cancel the prediction.</summary>
    internal static AtlasCloudException CancelNotOffered(Prediction prediction) => NotCancellable(
        prediction, "the service offers no way to cancel it, so it continues and is charged", AtlasCloudErrorReason.CancelNotOffered);

    private static AtlasCloudException NotCancellable(Prediction prediction, string why, AtlasCloudErrorReason reason) =>
        new(AtlasCloudErrorKind.NotCancellable, $"Prediction {prediction.Id} cannot be canceled: {why}.")
        {
            Reason = reason,
            PredictionId = prediction.Id,
            Target = prediction,
        };

    // Some responses repeat the status in place of a message.
    private static string? FindCause(Prediction prediction) => prediction.Error?.Trim(' ', '.') is { Length: > 0 } error
        && !error.Equals(prediction.Status, StringComparison.OrdinalIgnoreCase)
        && !(PredictionReader.IsCanceled(error) && PredictionReader.IsCanceled(prediction.Status)) ? error : null;

    // Portraits of real people are refused as direct uploads, but accepted from the asset library.
    private static string FindUnregistered(Prediction prediction)
    {
        if (!AssetOnlyModels.Contains(prediction.Model) || prediction.Request is null)
        {
            return "";
        }

        IReadOnlyList<string> inputs = AssetOnlyModels.FindUnregistered(prediction.Model, JsonValues.ToJson(prediction.Request) as JsonObject ?? []);
        return inputs.Count > 0 ? string.Join(", ", inputs) : prediction.ErrorCode == ServiceErrorCodes.RealPersonDetected ? "image" : "";
    }

    private static string DescribeCharge(Prediction prediction) => prediction.Charge switch
    {
        BillingState.NotCharged => "It was not charged.",
        BillingState.Charged => string.Create(CultureInfo.InvariantCulture, $"The charge was {prediction.Price} {prediction.Currency}."),
        _ => "It is unknown whether it was charged.",
    };

    // The ID, with the label by which the caller knows the prediction.
    private static string Name(Prediction prediction) => SafeText.Sanitize(prediction.Label, length: 100) is { Length: > 0 } label ? $"{prediction.Id} ('{label}')" : prediction.Id;

    private static string Shorten(AtlasCloudException failure) => $"{SafeText.Sanitize(failure.Message, length: 300).TrimEnd('.')}.";

    private static string Format(TimeSpan time) => time.TotalMinutes >= 2
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.#} minutes")
        : time == TimeSpan.FromSeconds(1) ? "1 second"
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} seconds");
}
