namespace AtlasCloud.Tests;

/// <summary>What is refused before anything is sent, whatever the model.</summary>
public sealed class RequestRulesTests
{
    public static TheoryData<string> Unfit => ["model", "webhook http", "webhook here", "life 0", "life 400", "count 0", "file"];

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
            "life 0" => Some.Request() with { OutputExpiration = TimeSpan.Zero },
            "life 400" => Some.Request() with { OutputExpiration = TimeSpan.FromHours(400) },
            "count 0" => Some.Request() with { Count = 0 },
            _ => Some.Request() with { Images = [MediaSource.FromFile(Path.Combine(Path.GetTempPath(), "there-is-no-such-file.png"))] },
        };

        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(() => Some.Client(service).Predictions.CreateAsync(request, GenerationKind.Image));

        Assert.Equal(AtlasCloudErrorKind.InvalidParameter, refused.Kind);
        Assert.Empty(service.Seen);
    }

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

        Assert.Contains("New-AtlasImage", refused.RecommendedAction, StringComparison.Ordinal);
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
