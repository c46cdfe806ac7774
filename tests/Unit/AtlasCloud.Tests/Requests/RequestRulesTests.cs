using AtlasCloud.Http;

namespace AtlasCloud.Tests;

/// <summary>Requests that are rejected for all models before anything is sent.</summary>
public sealed class RequestRulesTests
{
    public static TheoryData<string> InvalidRequests => ["model", "webhook http", "webhook loopback", "webhook private", "webhook mapped", "webhook intranet", "webhook long", "expiration 0", "expiration 400", "count 0", "file"];

    [Theory]
    [MemberData(nameof(InvalidRequests))]
    public async Task CreateAsync_throws_InvalidParameter_for_an_invalid_request_and_sends_nothing(string problem)
    {
        StubHandler service = Some.Service();
        GenerationRequest request = problem switch
        {
            "model" => Some.Request(" "),
            "webhook http" => Some.Request() with { WebhookUri = new Uri("http://example.com/") },
            "webhook loopback" => Some.Request() with { WebhookUri = new Uri("https://localhost/") },
            "webhook private" => Some.Request() with { WebhookUri = new Uri("https://192.168.1.7/hook") },
            "webhook mapped" => Some.Request() with { WebhookUri = new Uri("https://[::ffff:10.0.0.1]/hook") },
            "webhook intranet" => Some.Request() with { WebhookUri = new Uri("https://build-server/hook") },
            "webhook long" => Some.Request() with { WebhookUri = new Uri("https://example.com/" + new string('a', 1005)) },
            "expiration 0" => Some.Request() with { OutputExpiration = TimeSpan.Zero },
            "expiration 400" => Some.Request() with { OutputExpiration = TimeSpan.FromHours(400) },
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
    public void Webhook_of_a_local_emulator_can_use_http_on_loopback_only(string address, bool isAccepted) =>
        Assert.Equal(isAccepted, WebhookAddress.IsReachable(new Uri(address), isLocal: true));

    [Fact]
    public async Task OutputExpiration_is_sent_in_whole_hours_rounded_up()
    {
        StubHandler service = Some.Service().When("/model/generateImage", Fixture.Reply("submit/image-processing.json"));

        await Some.Client(service).Predictions.CreateAsync(Some.Request() with { OutputExpiration = TimeSpan.FromMinutes(90) }, GenerationKind.Image);

        Assert.Equal("2", service.SeenAt("/model/generate")[0].Header("X-AtlasCloud-Object-Expiration-Hours"));
    }

    [Fact]
    public async Task CreateAsync_throws_ModelTypeMismatch_for_a_model_of_another_type()
    {
        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(() =>
            Some.Client(Some.Service()).Predictions.CreateAsync(Some.Request(), GenerationKind.Video));

        Assert.Equal((AtlasCloudErrorReason.ModelTypeMismatch, "Image"), (refused.Reason, refused.Value));
    }

    [Fact]
    public async Task CreateAsync_validates_the_request_before_it_uploads_files()
    {
        using TemporaryFolder folder = new();
        StubHandler service = Some.Service();
        GenerationRequest request = Some.Request() with { Images = [MediaSource.FromFile(folder.Write("a.png", Bytes.Png))] };

        await Assert.ThrowsAsync<AtlasCloudException>(() => Some.Client(service).Predictions.CreateAsync(request, GenerationKind.Image));

        Assert.Empty(service.SeenAt("uploadMedia"));
    }
}
