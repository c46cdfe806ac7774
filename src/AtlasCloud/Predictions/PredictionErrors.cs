using System.Globalization;
using AtlasCloud.Http;
using AtlasCloud.Text;

namespace AtlasCloud.Predictions;

/// <summary>Puts into words what became of a prediction that gave nothing, and how to go on.</summary>
internal static class PredictionErrors
{
    internal const int RefusedByModeration = 1039;
    internal const int RealPerson = 1010002;

    /// <summary>The error for a prediction that failed; null for one that did not.</summary>
    internal static AtlasCloudException? Find(Prediction prediction)
    {
        if (prediction.State != PredictionState.Failed)
        {
            return null;
        }

        bool isBlocked = prediction.ErrorCode is RefusedByModeration or RealPerson
            || ResponseErrors.SpeaksOfModeration(prediction.Error);
        string code = prediction.ErrorCode is int number ? string.Create(CultureInfo.InvariantCulture, $" (code {number})") : "";
        string why = prediction.Error ?? $"its status is '{prediction.Status}'";
        string money = prediction.Charge switch
        {
            BillingState.NotCharged => "No price was set for it, so it was not charged.",
            BillingState.Charged => string.Create(CultureInfo.InvariantCulture, $"It was charged {prediction.Price} {prediction.Currency}."),
            _ => "Whether it was charged is not known.",
        };
        return new AtlasCloudException(
            isBlocked ? AtlasCloudErrorKind.ContentBlocked : AtlasCloudErrorKind.PredictionFailed,
            $"Prediction {prediction.Id}{(prediction.Model is null ? "" : $" on {SafeText.Sanitize(prediction.Model, length: 100)}")} ended as '{prediction.Status}': {why.TrimEnd('.')}{code}. {money}")
        {
            ServerMessage = prediction.Error,
            RequestId = prediction.RequestId,
            Target = prediction,
        };
    }

    /// <summary>The error for a prediction that did not finish within the limit.</summary>
    internal static AtlasCloudException TimedOut(Prediction prediction, TimeSpan limit) =>
        new(
            AtlasCloudErrorKind.PredictionTimedOut,
            $"Prediction {prediction.Id} was still '{prediction.Status}' after {Words(limit)}. It goes on at the service and may be charged.")
        {
            RecommendedAction = $"Take up the wait again with: Get-AtlasPrediction {prediction.Id} | Wait-AtlasPrediction -Timeout 01:00:00",
            Target = prediction,
        };

    private static string Words(TimeSpan time) =>
        time.TotalMinutes >= 2 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.#} minutes")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} seconds");
}
