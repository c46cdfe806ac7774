using AtlasCloud.Http;

namespace AtlasCloud.Tests;

/// <summary>What is refused before anything is sent, whatever the model.</summary>
public sealed class RequestRulesTests
{
    public static TheoryData<string> Unfit => ["model", "webhook http", "webhook here", "webhook inside", "webhook mapped", "webhook intranet", "life 0", "life 400", "count 0", "file"];

    [Theory]
    [MemberData(nameof(Unfit))]
    public async Task An_unfit_request_is_refused_and_nothing_is_sent(string what)
    {
        StubHandler service = Some.Service();
        GenerationRequest request = what switch
        {
            "model" => Some.Request(" "),
            "webhook http" => Some.Request() with { WebhookUri = new Uri("http://example.com/") },
            "webhook here" => Some.Request() with { WebhookUri = new Uri("https://localhost/") },
            "webhook inside" => Some.Request() with { WebhookUri = new Uri("https://192.168.1.7/hook") },
            "webhook mapped" => Some.Request() with { WebhookUri = new Uri("https://[::ffff:10.0.0.1]/hook") },
            "webhook intranet" => Some.Request() with { WebhookUri = new Uri("https://build-server/hook") },
            "life 0" => Some.Request() with { OutputExpiration = TimeSpan.Zero },
            "life 400" => Some.Request() with { OutputExpiration = TimeSpan.FromHours(400) },
            "count 0" => Some.Request() with { Count = 0 },
            _ => Some.Request() with { Images = [MediaSource.FromFile(Path.Combine(Path.GetTempPath(), "there-is-no-such-file.png"))] },
        };

        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(() => Some.Client(service).Predictions.CreateAsync(request, GenerationKind.Image));

        Assert.Equal(AtlasCloudErrorKind.InvalidParameter, refused.Kind);
        Assert.Empty(service.Seen);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080/", true)]
    [InlineData("http://localhost:8080/", true)]
    [InlineData("https://example.com/hook", true)]
    [InlineData("http://example.com/hook", false)]
    [InlineData("http://192.168.1.7/hook", false)]
    [InlineData("ftp://127.0.0.1/", false)]
    public void An_emulator_can_call_this_machine_and_no_other_in_clear_text(string address, bool isTaken) =>
        Assert.Equal(isTaken, WebhookAddress.IsReachable(new Uri(address), isLocal: true));

    [Fact]
    public async Task A_life_of_outputs_is_sent_in_whole_hours()
    {
        StubHandler service = Some.Service().When("/model/generateImage", Fixture.Reply("submit/image-processing.json"));

        await Some.Client(service).Predictions.CreateAsync(Some.Request() with { OutputExpiration = TimeSpan.FromMinutes(90) }, GenerationKind.Image);

        Assert.Equal("2", service.SeenAt("/model/generate")[0].Header("X-AtlasCloud-Object-Expiration-Hours"));
    }

    [Fact]
    public async Task A_model_of_another_type_is_refused_with_the_command_for_it()
    {
        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(() =>
            Some.Client(Some.Service()).Predictions.CreateAsync(Some.Request(), GenerationKind.Video));

        Assert.Equal((AtlasCloudErrorReason.ModelTypeMismatch, "Image"), (refused.Reason, refused.Value));
    }

    [Fact]
    public async Task Everything_is_checked_before_the_first_byte_is_uploaded()
    {
        using TemporaryFolder folder = new();
        StubHandler service = Some.Service();
        GenerationRequest request = Some.Request() with { Images = [MediaSource.FromFile(folder.Write("a.png", Bytes.Png))] };

        await Assert.ThrowsAsync<AtlasCloudException>(() => Some.Client(service).Predictions.CreateAsync(request, GenerationKind.Image));

        Assert.Empty(service.SeenAt("uploadMedia"));
    }
}
