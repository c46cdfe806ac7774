namespace AtlasCloud.Tests;

/// <summary>Every recorded answer to an upload.</summary>
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
    public async Task Every_recorded_answer_to_an_upload_names_the_address(string file)
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
    public void An_answer_without_an_address_names_none(string body) =>
        Assert.Null(MediaResource.AddressIn(Some.Json(body)));

    [Fact]
    public async Task An_upload_that_is_kept_nowhere_is_an_error()
    {
        using TemporaryFolder folder = new();
        AtlasCloudClient client = Some.Client(new StubHandler(StubReply.Json("""{"code":200,"data":null}""")));

        AtlasCloudException unclear = await Assert.ThrowsAsync<AtlasCloudException>(() => client.Media.UploadAsync(folder.Write("a.png", Bytes.Png)));

        Assert.Equal(AtlasCloudErrorKind.UnexpectedReply, unclear.Kind);
    }

    [Fact]
    public async Task A_refused_upload_is_told_in_the_services_words()
    {
        using TemporaryFolder folder = new();
        AtlasCloudClient client = Some.Client(new StubHandler(Fixture.Reply("errors/413-too-large.json")));

        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(() => client.Media.UploadAsync(folder.Write("a.png", Bytes.Png)));

        Assert.Equal((AtlasCloudErrorKind.PayloadTooLarge, "request body exceeds 50 MB"), (refused.Kind, refused.ServerMessage));
    }
}
