using System.Collections.Specialized;
using AtlasCloud.Http;
using AtlasCloud.Predictions;

namespace AtlasCloud.Tests;

public sealed class PredictionErrorsTests
{
    [Theory]
    [InlineData("canceled", "canceled", "")]
    [InlineData("cancelled", "Canceled.", "")]
    [InlineData("Cancelled", null, "")]
    [InlineData("canceled", "", "")]
    [InlineData("canceled", "stopped by the project owner.", ": stopped by the project owner")]
    public void Canceled_prediction_has_a_reason_of_its_own_and_a_message_without_repetition(string status, string? error, string cause)
    {
        AtlasCloudException failure = PredictionErrors.Find(End(status, error))!;

        Assert.Equal((AtlasCloudErrorKind.PredictionFailed, AtlasCloudErrorReason.PredictionCanceled), (failure.Kind, failure.Reason));
        Assert.Equal($"Prediction {Some.Id} on acme/paint was canceled on the service{cause}. It was not charged.", failure.Message);
        Assert.Equal((Some.Id, "acme/paint"), (failure.PredictionId, failure.Model));
    }

    [Theory]
    [InlineData("failed", "Failed", ". The service gave no reason")]
    [InlineData("failed", "canceled", ": canceled")]
    [InlineData("expired", null, ". The service gave no reason")]
    [InlineData("timeout", "out of memory.", ": out of memory")]
    public void Failed_prediction_has_the_message_of_the_service_unless_it_repeats_the_status(string status, string? error, string cause)
    {
        AtlasCloudException failure = PredictionErrors.Find(End(status, error))!;

        Assert.Equal(AtlasCloudErrorReason.None, failure.Reason);
        Assert.Equal($"Prediction {Some.Id} on acme/paint ended with status '{status}'{cause}. It was not charged.", failure.Message);
    }

    [Fact]
    public void Moderation_counts_more_than_the_status_canceled()
    {
        AtlasCloudException failure = PredictionErrors.Find(End("canceled", "rejected") with { ErrorCode = ServiceErrorCodes.BlockedByModeration })!;

        Assert.Equal((AtlasCloudErrorKind.ContentBlocked, AtlasCloudErrorReason.None), (failure.Kind, failure.Reason));
    }

    [Fact]
    public void Canceled_prediction_is_not_attributed_to_media_that_is_not_registered()
    {
        Prediction canceled = End("canceled", "canceled") with
        {
            Model = "bytedance/seedance-2.0/reference-to-video",
            Request = new OrderedDictionary { ["reference_videos"] = new object[] { "https://a.example/1.mp4" } },
        };

        Assert.Equal(AtlasCloudErrorReason.MediaNotRegistered, PredictionErrors.Find(canceled with { Status = "failed" })!.Reason);
        Assert.Equal(AtlasCloudErrorReason.PredictionCanceled, PredictionErrors.Find(canceled)!.Reason);
    }

    private static Prediction End(string status, string? error) => new()
    {
        Id = Some.Id,
        Model = "acme/paint",
        Status = status,
        State = PredictionState.Failed,
        Error = error,
        Charge = BillingState.NotCharged,
    };
}
