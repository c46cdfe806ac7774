using System.Net;

namespace AtlasCloud.Tests;

/// <summary>Signed addresses expire; the prediction has new ones.</summary>
public sealed class ExpiredAddressTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(403, "<Error><Code>AccessDenied</Code><Message>Request has expired.</Message></Error>")]
    [InlineData(404, "")]
    [InlineData(410, "")]
    [InlineData(400, "<?xml version=\"1.0\"?><Error><Code>ExpiredToken</Code></Error>")]
    public async Task SaveAsync_uses_the_predictions_current_address_when_the_old_one_has_expired(int status, string body)
    {
        StubHandler host = Host(StubReply.Text(body, status, "application/xml"), StubReply.Of(200, Bytes.Png));

        await OutputResourceTests.SaveAsync(_folder, host, new Uri("https://old.example.com/1.png?sig=old"));

        Assert.Equal(["/1.png?sig=old", "/1.png?sig=new"], DownloadPaths(host));
        Assert.Equal(["name.png"], _folder.Names);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    public async Task SaveAsync_reads_the_prediction_once_and_then_reports_an_expired_result(int status)
    {
        StubHandler host = Host(StubReply.Text("gone", status), StubReply.Text("gone", status));

        AtlasCloudException failed = await FailAsync(host);

        Assert.Equal((AtlasCloudErrorKind.DownloadIncomplete, (HttpStatusCode?)status), (failed.Kind, failed.Status));
        Assert.Equal(AtlasCloudErrorReason.ResultExpired, failed.Reason);
        Assert.Single(host.SeenAt("/api/v1/model/"));
        Assert.Equal(2, DownloadPaths(host).Count);
    }

    [Fact]
    public async Task SaveAsync_reports_the_expired_address_when_the_prediction_cannot_be_read()
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
    public async Task SaveAsync_does_not_retry_other_client_errors(int status, string body)
    {
        StubHandler host = new StubHandler().When("/", StubReply.Text(body, status));

        Assert.Contains($"HTTP {status}", (await FailAsync(host)).Message, StringComparison.Ordinal);
        Assert.Single(host.Seen);
    }

    [Fact]
    public async Task SaveAsync_keeps_the_received_bytes_when_the_address_expires_during_the_download()
    {
        byte[] content = Bytes.LargePng(40_000);
        StubReply interrupted = new RangeHost(content, 15_000).Reply;
        StubReply remainder = new RangeHost(content).Reply;
        StubHandler host = Host(interrupted, StubReply.Text("expired", 403), remainder);

        SavedFile file = await OutputResourceTests.SaveAsync(_folder, host, new Uri("https://old.example.com/1.png?sig=old"));

        Assert.Equal("bytes=15000-", host.Seen[^1].Header("Range"));
        Assert.Equal(content, await File.ReadAllBytesAsync(file.Path));
    }

    private Task<AtlasCloudException> FailAsync(StubHandler host) =>
        Assert.ThrowsAsync<AtlasCloudException>(() => OutputResourceTests.SaveAsync(_folder, host, new Uri("https://old.example.com/1.png?sig=old")));

    private static List<string> DownloadPaths(StubHandler host) => [.. host.Seen.Where(r => r.Address.Host != "api.atlascloud.ai").Select(r => r.Path)];

    private static StubHandler Host(params StubReply[] downloads) => new StubHandler()
        .When("/api/v1/model/", Some.State("completed", Some.Id, ""","outputs":["https://new.example.com/1.png?sig=new"]"""))
        .When("/1.png", downloads);
}
