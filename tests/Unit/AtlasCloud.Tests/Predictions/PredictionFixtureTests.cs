using System.Globalization;

namespace AtlasCloud.Tests;

/// <summary>Each recorded response to a poll.</summary>
public sealed class PredictionFixtureTests
{
    private static readonly Dictionary<string, string> s_expected = new(StringComparer.Ordinal)
    {
        ["3d-files.json"] = "completed Succeeded ThreeD Charged 0.33 | Image/Thumbnail ThreeD/File Archive/File",
        ["3d-outputs-only.json"] = "completed Succeeded ThreeD Unknown | ThreeD/Result",
        ["3d-zip.json"] = "completed Succeeded ThreeD Unknown | Archive/Result Image/Thumbnail",
        ["audio-lyrics.json"] = "completed Succeeded Music Unknown | Text/Result",
        ["audio-music-suno-two-tracks.json"] = "completed Succeeded Music Charged 0.13 | Unknown/Result Unknown/Result",
        ["audio-music-suno.json"] = "completed Succeeded Music Charged 0.11 | Audio/Result Audio/Result Image/Thumbnail",
        ["audio-stt.json"] = "completed Succeeded Transcription Charged 0.0004 | Text/Result",
        ["audio-tts.json"] = "completed Succeeded Speech Charged 0.0022 | Audio/Result",
        ["base64-datauri.json"] = "completed Succeeded Image Unknown | Image/Result",
        ["base64-raw.json"] = "completed Succeeded Image Unknown | Image/Result",
        ["canceled.json"] = "canceled Failed Video NotCharged | canceled",
        ["completed-docs-metrics.json"] = "completed Succeeded Unknown Unknown | Image/Result",
        ["completed-docs-minimal.json"] = "completed Succeeded Unknown Unknown | Video/Result",
        ["completed-image-multi.json"] = "completed Succeeded Image Charged 0.006 | Image/Result Image/Result",
        ["completed-image-price-late.json"] = "completed Succeeded Image Unknown | Image/Result",
        ["completed-image.json"] = "completed Succeeded Image Charged 0.08 | Image/Result",
        ["completed-seedance-2.0.json"] = "completed Succeeded Video Charged 0.975744 | Video/Result Image/LastFrame",
        ["completed-video.json"] = "completed Succeeded Video Charged 0.235 | Video/Result",
        ["created.json"] = "created InFlight Video Unknown |",
        ["expired.json"] = "expired Failed Video NotCharged |",
        ["failed-copyright.json"] = "failed Failed Video NotCharged | Content suspected of infringing digital rights",
        ["failed-http500.json"] = "failed Failed Unknown NotCharged | Generation failed: task processing failed (code: generation_failed)",
        ["failed-moderation-1010002.json"] = "failed Failed Video NotCharged | The prompt is blocked due to prohibited contents (1010002)",
        ["failed-moderation-1039.json"] = "failed Failed Video NotCharged | The input was rejected by content moderation (1039)",
        ["failed-object.json"] = "failed Failed Video NotCharged | Input image URL is inaccessible",
        ["failed-oom.json"] = "failed Failed Video NotCharged | CUDA out of memory",
        ["failed-string.json"] = "failed Failed Unknown NotCharged | Invalid parameter: resolution not supported by this model",
        ["getresult-completed.json"] = "completed Succeeded Unknown Unknown | Image/Result",
        ["getresult-processing.json"] = "processing InFlight Unknown Unknown |",
        ["layers.json"] = "completed Succeeded Image Unknown | Image/Result Image/Result",
        ["not-found-404.json"] = "PredictionNotFound",
        ["nsfw-empty.json"] = "completed Failed Image Unknown | Moderation withheld the outputs.",
        ["nsfw-flagged.json"] = "completed Succeeded Image Unknown | Image/Result/flagged",
        ["output-array.json"] = "succeeded Succeeded Unknown Unknown | Video/Result",
        ["output-string.json"] = "completed Succeeded Unknown Unknown | Video/Result",
        ["outputs-nested.json"] = "completed Succeeded Unknown Unknown | Video/Result",
        ["outputs-objects.json"] = "completed Succeeded Unknown Unknown | Video/Result Image/Result Audio/Result Video/Result",
        ["outputs-string.json"] = "completed Succeeded Unknown Unknown | Video/Result",
        ["pending.json"] = "pending InFlight Video Unknown |",
        ["processing-bare.json"] = "processing InFlight Unknown Unknown |",
        ["processing-progress.json"] = "processing InFlight Video Unknown 42% |",
        ["processing.json"] = "processing InFlight Image Unknown |",
        ["queued.json"] = "queued InFlight Video Unknown |",
        ["starting.json"] = "starting InFlight Video Unknown |",
        ["succeeded-bare-legacy.json"] = "succeeded Succeeded Video Unknown | Video/Result",
        ["timeout.json"] = "timeout Failed Video NotCharged | task timed out",
        ["unknown-status.json"] = "post_processing InFlight Video Unknown |",
    };

    public static TheoryData<string> Files => Fixture.Files("prediction");

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Each_recorded_prediction_is_read_as_documented(string file)
    {
        Assert.True(s_expected.TryGetValue(file, out string? expected), $"prediction/{file} has no expectation.");
        StubHandler service = new StubHandler().When("/api/v1/model/", Fixture.Reply("prediction/" + file));
        AtlasCloudClient client = Some.Client(service);

        Assert.Equal(expected, await ReadAsync(client, Fixture.PredictionId("prediction/" + file)));
    }

    private static async Task<string> ReadAsync(AtlasCloudClient client, string id)
    {
        try
        {
            Prediction read = await client.Predictions.GetAsync(id);
            string price = read.Price is decimal amount ? " " + amount.ToString(CultureInfo.InvariantCulture) : "";
            string progress = read.Progress is double percent ? string.Create(CultureInfo.InvariantCulture, $" {percent}%") : "";
            string outputs = string.Join(' ', read.Outputs.Select(o => $"{o.Kind}/{o.Role}{(o.IsFlagged == true ? "/flagged" : "")}"));
            string code = read.ErrorCode is int number ? $" ({number})" : "";
            return $"{read.Status} {read.State} {read.Kind} {read.Charge}{price}{progress} | {read.Error ?? outputs}{code}".TrimEnd();
        }
        catch (AtlasCloudException exception)
        {
            return exception.Kind.ToString();
        }
    }
}
