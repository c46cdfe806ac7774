namespace AtlasCloud.Tests;

/// <summary>Each recorded response to a submit.</summary>
public sealed class SubmitFixtureTests
{
    private static readonly Dictionary<string, string> s_expected = new(StringComparer.Ordinal)
    {
        ["audio-created.json"] = "c3f1a5d27be84d0c9e60f2b8a7146d35 created",
        ["bare-object.json"] = "pred_abc123 processing",
        ["bare-predictionId.json"] = "abc123 unknown",
        ["code-string.json"] = "9a4be2c8d1704f6fb5e3087c6d21fa94 processing",
        ["code-zero.json"] = "9a4be2c8d1704f6fb5e3087c6d21fa94 processing",
        ["data-nested.json"] = "9a4be2c8d1704f6fb5e3087c6d21fa94 processing",
        ["data-prediction_id.json"] = "9a4be2c8d1704f6fb5e3087c6d21fa94 queued",
        ["data-request_id.json"] = "9a4be2c8d1704f6fb5e3087c6d21fa94 queued",
        ["http200-code400.json"] = "InvalidParameter: invalid parameter: resolution not supported by this model",
        ["http200-code402.json"] = "InsufficientBalance: insufficient balance",
        ["http200-failed.json"] = "ContentBlocked: input image rejected by content moderation",
        ["image-processing.json"] = "b072da7f39c24a5f89cfc5ddfcc01352 processing",
        ["sync-completed-base64.json"] = "0f6d9c13ab5e4872a1c4e7d80b39562e completed 1",
        ["sync-completed.json"] = "0f6d9c13ab5e4872a1c4e7d80b39562e completed 1",
        ["sync-openai-b64.json"] = " completed 1",
        ["video-starting.json"] = "5e1d0c7a94f24b0f8d3a6b71c2e49f08 starting",
    };

    public static TheoryData<string> Files => Fixture.Files("submit");

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Each_recorded_submit_response_is_read_as_documented(string file)
    {
        Assert.True(s_expected.TryGetValue(file, out string? expected), $"submit/{file} has no expectation.");
        StubHandler service = Some.Service().When("/model/generateImage", Fixture.Reply("submit/" + file));

        Assert.Equal(expected, await SubmitAsync(service));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Submit_is_sent_once_for_each_recorded_response(string file)
    {
        StubHandler service = Some.Service().When("/model/generateImage", Fixture.Reply("submit/" + file));

        await SubmitAsync(service);

        Assert.Single(service.SeenAt("/model/generate"));
    }

    private static async Task<string> SubmitAsync(StubHandler service)
    {
        try
        {
            Prediction made = await Some.Client(service).Predictions.CreateAsync(Some.Request(), GenerationKind.Image);
            return $"{made.Id} {made.Status}{(made.Outputs.Count > 0 ? $" {made.Outputs.Count}" : "")}";
        }
        catch (AtlasCloudException exception)
        {
            return $"{exception.Kind}: {exception.ServerMessage}";
        }
    }
}
