using System.Net;

namespace AtlasCloud.Tests;

public sealed class AssetResourceTests
{
    private const string Id = "ast_01K3TQ6V7Y";

    private static readonly MediaSource s_video = MediaSource.Parse("https://media.example.com/walk.mp4");

    [Fact]
    public async Task RegisterAsync_sends_type_and_address_to_the_asset_host()
    {
        StubHandler service = new(Fixture.Reply("asset/created.json"));

        Asset asset = await Some.Client(service).Assets.RegisterAsync(s_video);

        SeenRequest sent = Assert.Single(service.Seen);
        Assert.Equal((HttpMethod.Post, "https://console.atlascloud.ai/api/v1/sd/assets"), (sent.Method, sent.Address.AbsoluteUri));
        Assert.Equal("Bearer " + Some.Key, sent.Header("Authorization"));
        Assert.Equal(Fixture.Json("requests/asset-register-video.json").GetRawText().Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal), sent.Text);
        Assert.Equal((Id, AssetState.Processing, "Processing", MediaKind.Video), (asset.Id, asset.State, asset.Status, asset.Kind));
        Assert.Equal("https://media.example.com/walk.mp4", asset.Source!.AbsoluteUri);
    }

    [Fact]
    public async Task RegisterAsync_uploads_a_file_to_the_service_first()
    {
        using TemporaryFolder folder = new();
        StubHandler service = new(Fixture.Reply("upload/mcp.json"), Fixture.Reply("asset/created.json"));
        string path = folder.Write("face.png", SomeImage.Png(600, 600));

        Asset asset = await Some.Client(service).Assets.RegisterAsync(MediaSource.FromFile(path));

        Assert.Equal(["api.atlascloud.ai", "console.atlascloud.ai"], service.Seen.Select(s => s.Address.Host));
        Assert.Equal("Image", (string)service.Seen[1].Json["type"]!);
        Assert.StartsWith("https://", (string)service.Seen[1].Json["url"]!, StringComparison.Ordinal);
        Assert.Equal(path, asset.Path);
    }

    [Fact]
    public async Task RegisterAsync_sends_to_the_host_of_an_emulator()
    {
        StubHandler service = new(Fixture.Reply("asset/created.json"));
        AtlasCloudOptions options = new() { ApiKey = Some.Key, BaseUri = new Uri("http://127.0.0.1:8080") };

        await Some.Client(service, options: options).Assets.RegisterAsync(s_video);

        Assert.Equal("http://127.0.0.1:8080/api/v1/sd/assets", service.Seen[0].Address.AbsoluteUri);
    }

    [Fact]
    public async Task RegisterAsync_is_not_retried_when_the_connection_drops()
    {
        StubHandler service = new(StubReply.Fault(HttpRequestError.ResponseEnded), Fixture.Reply("asset/created.json"));

        AtlasCloudException exception = await Assert.ThrowsAsync<AtlasCloudException>(() => Some.Client(service).Assets.RegisterAsync(s_video));

        Assert.Single(service.Seen);
        Assert.Equal((AtlasCloudErrorKind.ConnectionFailed, AtlasCloudErrorReason.AssetOutcomeUnknown), (exception.Kind, exception.Reason));
    }

    [Fact]
    public async Task RegisterAsync_does_not_report_an_unknown_outcome_when_nothing_was_sent()
    {
        StubHandler service = new StubHandler().When("/", StubReply.Fault(HttpRequestError.NameResolutionError));

        AtlasCloudException exception = await Assert.ThrowsAsync<AtlasCloudException>(() => Some.Client(service).Assets.RegisterAsync(s_video));

        Assert.True(exception.IsNotSent);
        Assert.NotEqual(AtlasCloudErrorReason.AssetOutcomeUnknown, exception.Reason);
    }

    [Fact]
    public async Task WaitAsync_polls_every_two_seconds_until_the_asset_is_active()
    {
        FakeClock clock = new();
        StubHandler service = new(Fixture.Reply("asset/created.json"), Fixture.Reply("asset/created.json"), Fixture.Reply("asset/active.json"));
        AtlasCloudClient client = Some.Client(service, clock);

        Asset asset = await client.Assets.WaitAsync(await client.Assets.RegisterAsync(s_video));

        Assert.Equal("asset://atlas-20260826-7f3a1c", asset.Reference);
        Assert.Equal(MediaKind.Video, asset.Kind);
        Assert.Equal([TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2)], clock.Delays);
    }

    [Fact]
    public async Task WaitAsync_tolerates_an_asset_that_is_not_readable_yet()
    {
        StubHandler service = new(Fixture.Reply("asset/created.json"), StubReply.Json("""{"code":404,"msg":"asset not found"}""", 404), Fixture.Reply("asset/active.json"));
        AtlasCloudClient client = Some.Client(service);

        Asset asset = await client.Assets.WaitAsync(await client.Assets.RegisterAsync(s_video));

        Assert.Equal(AssetState.Active, asset.State);
    }

    [Fact]
    public async Task WaitAsync_fails_with_the_asset_when_moderation_rejects_it()
    {
        StubHandler service = new(Fixture.Reply("asset/failed.json"));

        AtlasCloudException exception = await Assert.ThrowsAsync<AtlasCloudException>(() => Some.Client(service).Assets.WaitAsync(new Asset { Id = Id }));

        Assert.Equal((AtlasCloudErrorKind.ContentBlocked, AtlasCloudErrorReason.AssetFailed), (exception.Kind, exception.Reason));
        Assert.Equal("image contains a real human face", exception.ServerMessage);
        Assert.Equal(AssetState.Failed, Assert.IsType<Asset>(exception.Target).State);
    }

    [Fact]
    public async Task WaitAsync_ends_at_its_timeout()
    {
        StubHandler service = new StubHandler().When("/", Fixture.Reply("asset/created.json"));

        AtlasCloudException exception = await Assert.ThrowsAsync<AtlasCloudException>(
            () => Some.Client(service).Assets.WaitAsync(new Asset { Id = Id }, TimeSpan.FromSeconds(10)));

        Assert.Equal((AtlasCloudErrorKind.RequestTimedOut, AtlasCloudErrorReason.AssetStillProcessing), (exception.Kind, exception.Reason));
        Assert.Equal(5, service.Seen.Count);
    }

    [Theory]
    [InlineData("asset/list.json", 3)]
    [InlineData("asset/list-array.json", 2)]
    [InlineData("asset/deleted.json", 0)]
    public async Task ListAsync_reads_each_known_shape(string fixture, int count)
    {
        IReadOnlyList<Asset> assets = await Some.Client(new StubHandler(Fixture.Reply(fixture))).Assets.ListAsync();

        Assert.Equal(count, assets.Count);
        Assert.Equal(count == 0 ? [] : ["face, front", "walk"], assets.Take(2).Select(a => a.Name));
    }

    [Theory]
    [InlineData("list")]
    [InlineData("assets")]
    public async Task ListAsync_reads_other_names_of_the_list(string member)
    {
        StubHandler service = new(StubReply.Json($$$"""{"code":"OK","data":{"{{{member}}}":[{"id":"ast_1","status":"Active"},{"no":"id"},{"id":"../x"}]}}"""));

        Assert.Equal(["ast_1"], (await Some.Client(service).Assets.ListAsync()).Select(a => a.Id));
    }

    [Fact]
    public async Task ListAsync_fails_for_a_response_without_a_list()
    {
        StubHandler service = new(StubReply.Json("""{"code":200,"data":{"id":"ast_1"}}"""));

        AtlasCloudException exception = await Assert.ThrowsAsync<AtlasCloudException>(() => Some.Client(service).Assets.ListAsync());

        Assert.Equal(AtlasCloudErrorKind.UnexpectedReply, exception.Kind);
    }

    [Fact]
    public async Task ListAsync_warns_when_the_service_has_more_assets()
    {
        List<string> warnings = [];
        StubHandler service = new(StubReply.Json("""{"code":200,"data":{"items":[{"id":"ast_1","status":"Active"}],"total":40}}"""));

        using (new AtlasCloudLog((level, text) => { if (level == AtlasCloudLogLevel.Warning) { warnings.Add(text); } }).Listen())
        {
            await Some.Client(service).Assets.ListAsync();
        }

        Assert.Contains("1 of 40", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RenameAsync_sends_the_name_and_returns_the_asset()
    {
        StubHandler service = new(Fixture.Reply("asset/renamed.json"));

        Asset asset = await Some.Client(service).Assets.RenameAsync("ast_01KAG4W2ZR", "walk, take 2");

        Assert.Equal((HttpMethod.Put, "/api/v1/sd/assets/ast_01KAG4W2ZR"), (service.Seen[0].Method, service.Seen[0].Path));
        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(Fixture.Json("requests/asset-rename.json")), service.Seen[0].Text);
        Assert.Equal("walk, take 2", asset.Name);
    }

    [Fact]
    public async Task RenameAsync_reads_the_asset_when_the_response_is_empty()
    {
        StubHandler service = new(Fixture.Reply("asset/deleted.json"), Fixture.Reply("asset/active.json"));

        Asset asset = await Some.Client(service).Assets.RenameAsync(Id, "face");

        Assert.Equal((Id, HttpMethod.Get), (asset.Id, service.Seen[1].Method));
    }

    [Fact]
    public async Task DeleteAsync_accepts_an_empty_response()
    {
        StubHandler service = new(Fixture.Reply("asset/deleted.json"));

        await Some.Client(service).Assets.DeleteAsync(Id);

        Assert.Equal((HttpMethod.Delete, $"/api/v1/sd/assets/{Id}"), (service.Seen[0].Method, service.Seen[0].Path));
    }

    [Fact]
    public async Task DeleteAsync_succeeds_when_the_retry_of_a_lost_response_finds_nothing()
    {
        StubHandler service = new(StubReply.Fault(HttpRequestError.ResponseEnded), StubReply.Json("""{"code":404,"msg":"asset not found"}""", 404));

        await Some.Client(service).Assets.DeleteAsync(Id);

        Assert.Equal(2, service.Seen.Count);
    }

    [Fact]
    public async Task DeleteAsync_fails_for_an_unknown_asset()
    {
        StubHandler service = new(StubReply.Json("""{"code":404,"msg":"asset not found"}""", 404));

        AtlasCloudException exception = await Assert.ThrowsAsync<AtlasCloudException>(() => Some.Client(service).Assets.DeleteAsync(Id));

        Assert.Equal((AtlasCloudErrorKind.AssetNotFound, HttpStatusCode.NotFound), (exception.Kind, exception.Status));
    }

    [Fact]
    public async Task RestoreAsync_posts_to_the_asset()
    {
        StubHandler service = new(Fixture.Reply("asset/restored.json"));

        Asset asset = await Some.Client(service).Assets.RestoreAsync("ast_01KAG4W2ZR");

        Assert.Equal((HttpMethod.Post, "/api/v1/sd/assets/ast_01KAG4W2ZR/restore"), (service.Seen[0].Method, service.Seen[0].Path));
        Assert.Equal(AssetState.Active, asset.State);
    }

    [Fact]
    public async Task GetAsync_finds_the_asset_of_a_reference_in_the_list()
    {
        StubHandler service = new(Fixture.Reply("asset/list.json"), Fixture.Reply("asset/renamed.json"));

        Asset asset = await Some.Client(service).Assets.GetAsync("asset://atlas-20261120-7c52da");

        Assert.Equal("/api/v1/sd/assets/ast_01KAG4W2ZR", service.Seen[1].Path);
        Assert.Equal("walk, take 2", asset.Name);
    }

    [Theory]
    [InlineData("../models")]
    [InlineData("a/restore")]
    [InlineData("")]
    [InlineData("..")]
    public async Task DeleteAsync_sends_nothing_for_text_that_is_no_ID(string id)
    {
        StubHandler service = new();

        AtlasCloudException exception = await Assert.ThrowsAsync<AtlasCloudException>(() => Some.Client(service).Assets.DeleteAsync(id));

        Assert.Equal(AtlasCloudErrorReason.AssetIdInvalid, exception.Reason);
        Assert.Empty(service.Seen);
    }

    [Fact]
    public async Task Known_lists_assets_in_the_order_of_the_list_without_deleted_ones()
    {
        StubHandler service = new(Fixture.Reply("asset/list.json"), Fixture.Reply("asset/deleted.json"));
        AtlasCloudClient client = Some.Client(service);

        await client.Assets.ListAsync();
        await client.Assets.DeleteAsync("ast_01KAG4W2ZR");

        Assert.Equal(["face, front", "voice"], client.Assets.Known.Select(a => a.Name));
    }

    [Fact]
    public async Task Asset_that_is_not_active_is_refused_as_an_input_before_the_submit()
    {
        StubHandler service = Some.Service();
        Asset asset = new() { Id = Id, Status = "Processing" };
        GenerationRequest request = Some.Request() with { Images = [asset.ToMediaSource()] };

        AtlasCloudException exception = await Assert.ThrowsAsync<AtlasCloudException>(() => Some.Client(service).Predictions.CreateAsync(request, GenerationKind.Image));

        Assert.Equal(AtlasCloudErrorReason.AssetNotActive, exception.Reason);
        Assert.Empty(service.SeenAt("generateImage"));
    }

    [Fact]
    public void Asset_that_is_active_is_sent_as_its_reference()
    {
        Asset asset = new() { Id = Id, AssetId = "atlas-1", State = AssetState.Active, Status = "Active", Kind = MediaKind.Video };

        Assert.Equal(("asset://atlas-1", MediaKind.Video), (asset.ToMediaSource().Value, asset.ToMediaSource().Kind));
        asset.ToMediaSource().EnsureReadable();
    }

    [Fact]
    public void AssetBaseUri_follows_a_base_address_that_is_not_the_default()
    {
        Assert.Equal("https://console.atlascloud.ai/", new AtlasCloudOptions().AssetBaseUri.AbsoluteUri);
        Assert.Equal("https://gate.example.com/", new AtlasCloudOptions { BaseUri = new Uri("https://gate.example.com") }.AssetBaseUri.AbsoluteUri);
    }
}
