using System.Net;

namespace AtlasCloud.Tests;

/// <summary>Addresses are signed for a time; the prediction knows fresh ones.</summary>
public sealed class ExpiredLinkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(403, "<Error><Code>AccessDenied</Code><Message>Request has expired.</Message></Error>")]
    [InlineData(404, "")]
    [InlineData(410, "")]
    [InlineData(400, "<?xml version=\"1.0\"?><Error><Code>ExpiredToken</Code></Error>")]
    public async Task An_address_that_expired_is_replaced_by_the_one_that_the_prediction_has_now(int status, string body)
    {
        StubHandler host = Host(StubReply.Text(body, status, "application/xml"), StubReply.Of(200, Bytes.Png));

        await OutputResourceTests.SaveAsync(_folder, host, new Uri("https://old.example.com/1.png?sig=old"));

        Assert.Equal(["/1.png?sig=old", "/1.png?sig=new"], Asked(host));
        Assert.Equal(["name.png"], _folder.Names);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    public async Task What_is_gone_is_told_so_after_one_reading_of_the_prediction(int status)
    {
        StubHandler host = Host(StubReply.Text("gone", status), StubReply.Text("gone", status));

        AtlasCloudException failed = await FailAsync(host);

        Assert.Equal((AtlasCloudErrorKind.DownloadIncomplete, (HttpStatusCode?)status), (failed.Kind, failed.Status));
        Assert.Contains("kept for a limited time", failed.Message, StringComparison.Ordinal);
        Assert.Single(host.SeenAt("/api/v1/model/"));
        Assert.Equal(2, Asked(host).Count);
    }

    [Fact]
    public async Task A_prediction_that_cannot_be_read_again_leaves_the_first_reason()
    {
        StubHandler host = new StubHandler().When("/api/", StubReply.Json("""{"code":401,"msg":"no"}""", 401)).When("/", StubReply.Text("gone", 404));

        AtlasCloudException failed = await FailAsync(host);

        Assert.Equal(AtlasCloudErrorKind.DownloadIncomplete, failed.Kind);
        Assert.Contains("HTTP 404", failed.Message, StringComparison.Ordinal);
        Assert.Contains("could not be read again", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "no such parameter")]
    [InlineData(405, "")]
    public async Task Another_refusal_is_final(int status, string body)
    {
        StubHandler host = new StubHandler().When("/", StubReply.Text(body, status));

        Assert.Contains($"HTTP {status}", (await FailAsync(host)).Message, StringComparison.Ordinal);
        Assert.Single(host.Seen);
    }

    [Fact]
    public async Task An_address_that_expires_in_the_middle_does_not_cost_what_has_arrived()
    {
        byte[] content = Bytes.LargePng(40_000);
        StubReply cut = new RangeHost(content, 15_000).Reply;
        StubReply rest = new RangeHost(content).Reply;
        StubHandler host = Host(cut, StubReply.Text("expired", 403), rest);

        SavedFile file = await OutputResourceTests.SaveAsync(_folder, host, new Uri("https://old.example.com/1.png?sig=old"));

        Assert.Equal("bytes=15000-", host.Seen[^1].Header("Range"));
        Assert.Equal(content, await File.ReadAllBytesAsync(file.Path));
    }

    private Task<AtlasCloudException> FailAsync(StubHandler host) =>
        Assert.ThrowsAsync<AtlasCloudException>(() => OutputResourceTests.SaveAsync(_folder, host, new Uri("https://old.example.com/1.png?sig=old")));

    private static List<string> Asked(StubHandler host) => [.. host.Seen.Where(r => r.Address.Host != "api.atlascloud.ai").Select(r => r.Path)];

    private static StubHandler Host(params StubReply[] downloads) => new StubHandler()
        .When("/api/v1/model/", Some.State("completed", Some.Id, ""","outputs":["https://new.example.com/1.png?sig=new"]"""))
        .When("/1.png", downloads);
}
