namespace AtlasCloud.Tests;

/// <summary>The recorded responses to uploads.</summary>
public sealed class UploadFixtureTests
{
    private static readonly Dictionary<string, string> s_expected = new(StringComparer.Ordinal)
    {
        ["bare-url.json"] = "https://storage.atlascloud.ai/uploads/abc123/photo.jpg",
        ["data-file_url.json"] = "https://static.atlascloud.ai/media/images/abc123.png",
        ["data-string.json"] = "https://static.atlascloud.ai/media/images/abc123.png",
        ["data-url.json"] = "https://static.atlascloud.ai/media/images/abc123.png",
        ["docs.json"] = "https://storage.atlascloud.ai/uploads/abc123/image.png",
        ["mcp.json"] = "https://atlas-img.oss-accelerate-overseas.aliyuncs.com/media/6b0c1c1f.png",
    };

    public static TheoryData<string> Files => Fixture.Files("upload");

    [Theory]
    [MemberData(nameof(Files))]
    public async Task UploadAsync_returns_the_address_of_every_recorded_response(string file)
    {
        Assert.True(s_expected.TryGetValue(file, out string? expected), $"upload/{file} has no expectation.");
        using TemporaryFolder folder = new();

        Media media = await Some.Client(new StubHandler(Fixture.Reply("upload/" + file))).Media.UploadAsync(folder.Write("photo.png", Bytes.Png));

        Assert.Equal(expected, media.ToString());
    }

    [Theory]
    [InlineData("""{"code":200,"data":{"download_url":"javascript:alert(1)"}}""")]
    [InlineData("""{"code":200,"data":{"download_url":""}}""")]
    [InlineData("""{"code":200,"data":null}""")]
    [InlineData("[1]")]
    public void FindUploadUri_returns_null_for_a_response_without_an_address(string body) =>
        Assert.Null(MediaResource.FindUploadUri(Some.Json(body)));

    [Fact]
    public async Task UploadAsync_throws_UnexpectedReply_for_a_response_without_an_address()
    {
        using TemporaryFolder folder = new();
        AtlasCloudClient client = Some.Client(new StubHandler(StubReply.Json("""{"code":200,"data":null}""")));

        AtlasCloudException error = await Assert.ThrowsAsync<AtlasCloudException>(() => client.Media.UploadAsync(folder.Write("a.png", Bytes.Png)));

        Assert.Equal(AtlasCloudErrorKind.UnexpectedReply, error.Kind);
    }

    [Fact]
    public async Task UploadAsync_returns_the_message_of_the_service_when_it_rejects_the_upload()
    {
        using TemporaryFolder folder = new();
        AtlasCloudClient client = Some.Client(new StubHandler(Fixture.Reply("errors/413-too-large.json")));

        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(() => client.Media.UploadAsync(folder.Write("a.png", Bytes.Png)));

        Assert.Equal((AtlasCloudErrorKind.PayloadTooLarge, "request body exceeds 50 MB"), (refused.Kind, refused.ServerMessage));
    }
}
