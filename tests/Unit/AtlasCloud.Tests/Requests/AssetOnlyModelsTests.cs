using System.Collections.Specialized;
using System.Text.Json.Nodes;
using AtlasCloud.Predictions;
using AtlasCloud.Requests;

namespace AtlasCloud.Tests;

public sealed class AssetOnlyModelsTests
{
    private const string Model = "bytedance/seedance-2.0/reference-to-video";

    [Theory]
    [InlineData(Model, """{"reference_videos":["https://a.example/1.mp4"]}""", "reference_videos")]
    [InlineData("bytedance/seedance-2.0-fast/reference-to-video", """{"reference_audios":["asset://a","https://a.example/1.mp3"]}""", "reference_audios")]
    [InlineData(Model, """{"reference_videos":["asset://a"],"reference_images":["https://a.example/1.png"]}""", "")]
    [InlineData("bytedance/seedance-2.0-mini/reference-to-video", """{"reference_videos":["https://a.example/1.mp4"]}""", "")]
    [InlineData("bytedance/seedance-2.5/reference-to-video", """{"reference_videos":["https://a.example/1.mp4"]}""", "")]
    public void FindUnregistered_finds_video_and_audio_outside_of_the_library(string model, string body, string expected) =>
        Assert.Equal(expected, string.Join(",", AssetOnlyModels.FindUnregistered(model, JsonNode.Parse(body)!.AsObject())));

    [Theory]
    [InlineData("https://a.example/1.mp4", true)]
    [InlineData("asset://atlas-1", false)]
    public async Task Submit_warns_about_a_video_that_is_not_registered_and_is_sent(string video, bool isWarned)
    {
        List<string> warnings = [];
        StubHandler service = Some.Service(Some.Accepted());
        GenerationRequest request = new() { Model = Model, Prompt = "she walks", Videos = [MediaSource.Parse(video)], SkipValidation = true };
        using (new AtlasCloudLog((level, text) => { if (level == AtlasCloudLogLevel.Warning) { lock (warnings) { warnings.Add(text); } } }).Listen())
        {
            await Some.Client(service).Predictions.CreateAsync(request, GenerationKind.Video);
        }

        Assert.Single(service.SeenAt("generateVideo"));
        Assert.Equal(isWarned, warnings.Any(w => w.Contains("asset library", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("https://a.example/1.mp4", AtlasCloudErrorReason.MediaNotRegistered)]
    [InlineData("asset://atlas-1", AtlasCloudErrorReason.None)]
    public async Task Refused_submit_with_a_video_outside_of_the_library_has_a_reason(string video, AtlasCloudErrorReason expected)
    {
        StubHandler service = Some.Service(StubReply.Json("""{"code":400,"msg":"invalid reference video"}""", 400));
        GenerationRequest request = new() { Model = Model, Prompt = "she walks", Videos = [MediaSource.Parse(video)], SkipValidation = true };

        AtlasCloudException exception = await Assert.ThrowsAsync<AtlasCloudException>(() => Some.Client(service).Predictions.CreateAsync(request, GenerationKind.Video));

        Assert.Equal((AtlasCloudErrorKind.InvalidParameter, expected), (exception.Kind, exception.Reason));
    }

    [Theory]
    [InlineData("reference_videos", "https://a.example/1.mp4", null, AtlasCloudErrorReason.MediaNotRegistered)]
    [InlineData("reference_images", "https://a.example/1.png", 1010002, AtlasCloudErrorReason.MediaNotRegistered)]
    [InlineData("reference_images", "https://a.example/1.png", null, AtlasCloudErrorReason.None)]
    public void Failed_prediction_with_media_outside_of_the_library_has_a_reason(string input, string address, int? code, AtlasCloudErrorReason expected)
    {
        Prediction prediction = new()
        {
            Id = Some.Id,
            Model = Model,
            Status = "failed",
            State = PredictionState.Failed,
            Error = "invalid media",
            ErrorCode = code,
            Request = new OrderedDictionary { [input] = new object[] { address } },
        };

        Assert.Equal(expected, PredictionErrors.Find(prediction)!.Reason);
    }
}
