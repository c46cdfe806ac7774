using System.Security.Cryptography;

namespace AtlasCloud.Tests;

public sealed class OutputResourceTests
{
    private static readonly Uri s_address = new("https://storage.atlascloud.ai/outputs/result?sig=1");

    [Theory]
    [InlineData("application/octet-stream")]
    [InlineData("video/mp4")]
    [InlineData(null)]
    public async Task SaveAsync_chooses_the_extension_by_content(string? contentType)
    {
        using TemporaryFolder folder = new();

        await SaveAsync(folder, StubReply.Of(200, Bytes.Png, contentType));

        Assert.Equal(["name.png"], folder.Names);
    }

    [Theory]
    [InlineData("https://x.example.com/a.obj?x=.png", "application/octet-stream", "name.obj")]
    [InlineData("https://x.example.com/a", "text/plain", "name.txt")]
    [InlineData("https://x.example.com/a", "application/octet-stream", "name.bin")]
    public async Task SaveAsync_chooses_the_extension_by_content_type_or_address_if_the_content_is_unknown(string address, string contentType, string expected)
    {
        using TemporaryFolder folder = new();

        await SaveAsync(folder, StubReply.Of(200, [.. "v 1.0 2.0 3.0"u8], contentType), new Uri(address));

        Assert.Equal([expected], folder.Names);
    }

    [Fact]
    public async Task SaveAsync_saves_a_large_file_completely()
    {
        using TemporaryFolder folder = new();
        byte[] content = Bytes.LargePng(1_000_003);

        string path = await PathAsync(folder, StubReply.Stream(() => new DrippingStream(content, 7777), "image/png"));

        Assert.Equal(content, await File.ReadAllBytesAsync(path));
    }

    [Fact]
    public async Task SaveAsync_leaves_no_file_if_the_body_is_too_short()
    {
        using TemporaryFolder folder = new();
        StubReply shortened = StubReply.With(200, () =>
        {
            StreamContent content = new(new DrippingStream(Bytes.Png, 10));
            content.Headers.ContentLength = Bytes.Png.Length + 1;
            return content;
        });

        Assert.Equal(AtlasCloudErrorKind.DownloadIncomplete, (await FailAsync(folder, shortened)).Kind);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public async Task SaveAsync_retries_when_the_connection_drops()
    {
        using TemporaryFolder folder = new();
        StubReply broken = StubReply.Stream(() => new DrippingStream(Bytes.LargePng(200_000), 50_000, () => new HttpIOException(HttpRequestError.ResponseEnded)), "image/png");

        string path = await PathAsync(folder, new StubHandler(broken, StubReply.Of(200, Bytes.Png)));

        Assert.Equal(Bytes.Png, await File.ReadAllBytesAsync(path));
        Assert.Equal(["name.png"], folder.Names);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    public async Task SaveAsync_retries_when_the_host_is_busy(int status)
    {
        using TemporaryFolder folder = new();

        await SaveAsync(folder, new StubHandler(StubReply.Text("busy", status), StubReply.Of(200, Bytes.Png)));

        Assert.Equal(["name.png"], folder.Names);
    }

    [Fact]
    public async Task SaveAsync_rejects_a_web_page()
    {
        using TemporaryFolder folder = new();

        Assert.Contains("web page", (await FailAsync(folder, StubReply.Of(200, Bytes.Html, "image/png"))).Message, StringComparison.Ordinal);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public async Task SaveAsync_rejects_an_empty_body()
    {
        using TemporaryFolder folder = new();

        Assert.Equal(AtlasCloudErrorKind.DownloadIncomplete, (await FailAsync(folder, StubReply.Of(200, [], "image/png"))).Kind);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public async Task SaveAsync_does_not_overwrite_an_existing_file()
    {
        using TemporaryFolder folder = new();
        folder.Write("name.png", [1]);

        Assert.Equal(AtlasCloudErrorKind.FileExists, (await FailAsync(folder, StubReply.Of(200, Bytes.Png))).Kind);
        Assert.Equal([1], await File.ReadAllBytesAsync(Path.Combine(folder.Path, "name.png")));
        Assert.Equal(["name.png"], folder.Names);
    }

    [Fact]
    public async Task SaveAsync_overwrites_an_existing_file_with_overwrite()
    {
        using TemporaryFolder folder = new();
        folder.Write("name.png", [1]);
        Output output = new() { Value = "x", Uri = s_address };

        SavedFile file = await Some.Client(new StubHandler(StubReply.Of(200, Bytes.Png))).Outputs.SaveAsync(output, folder.Path, "name", overwrite: true);

        Assert.Equal(Bytes.Png, await File.ReadAllBytesAsync(file.Path));
    }

    [Fact]
    public async Task SaveAsync_leaves_no_file_when_it_is_cancelled()
    {
        using TemporaryFolder folder = new();
        using CancellationTokenSource cancellation = new();
        StubReply endless = StubReply.Stream(() => new SilentStream(cancellation.Cancel), "image/png");
        Output output = new() { Value = "x", Uri = s_address };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Some.Client(new StubHandler(endless)).Outputs.SaveAsync(output, folder.Path, "name", cancellationToken: cancellation.Token));

        Assert.Empty(folder.Names);
    }

    [Fact]
    public async Task SaveAsync_returns_length_and_SHA256()
    {
        using TemporaryFolder folder = new();

        SavedFile file = await SaveAsync(folder, StubReply.Of(200, Bytes.Png));

        Assert.Equal((Bytes.Png.Length, Convert.ToHexString(SHA256.HashData(Bytes.Png)).ToLowerInvariant()), (file.Length, file.Sha256));
        Assert.Equal(file.Path, file.ToString());
    }

    [Fact]
    public async Task SaveAsync_throws_DownloadIncomplete_if_the_folder_does_not_exist()
    {
        using TemporaryFolder folder = new();
        Output output = new() { Value = "text", Text = "text" };

        AtlasCloudException failed = await Assert.ThrowsAsync<AtlasCloudException>(() =>
            Some.Client(new StubHandler()).Outputs.SaveAsync(output, Path.Combine(folder.Path, "missing"), "name"));

        Assert.Equal(AtlasCloudErrorKind.DownloadIncomplete, failed.Kind);
    }

    [Fact]
    public async Task SaveAsync_throws_FileExists_if_a_folder_has_the_name()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(Path.Combine(folder.Path, "name.txt"));
        Output output = new() { Value = "text", Text = "text" };

        AtlasCloudException failed = await Assert.ThrowsAsync<AtlasCloudException>(() =>
            Some.Client(new StubHandler()).Outputs.SaveAsync(output, folder.Path, "name", overwrite: true));

        Assert.Equal(AtlasCloudErrorKind.FileExists, failed.Kind);
        Assert.Equal(["name.txt"], folder.Names);
    }

    [Theory]
    [InlineData("prediction/base64-raw.json", "name.png")]
    [InlineData("prediction/base64-datauri.json", "name.png")]
    [InlineData("prediction/audio-stt.json", "name.txt")]
    [InlineData("prediction/audio-lyrics.json", "name.txt")]
    public async Task SaveAsync_saves_content_of_the_response_without_a_download(string file, string expected)
    {
        using TemporaryFolder folder = new();
        StubHandler service = new(Fixture.Reply(file));
        AtlasCloudClient client = Some.Client(service);
        Prediction prediction = await client.Predictions.GetAsync(Fixture.PredictionId(file));

        await client.Outputs.SaveAsync(prediction.Outputs[0], folder.Path, "name");

        Assert.Equal([expected], folder.Names);
        Assert.Single(service.Seen);
    }

    internal static Task<SavedFile> SaveAsync(TemporaryFolder folder, StubReply reply, Uri? address = null) =>
        SaveAsync(folder, new StubHandler().When("/", reply), address);

    internal static Task<SavedFile> SaveAsync(TemporaryFolder folder, StubHandler host, Uri? address = null) =>
        Some.Client(host).Outputs.SaveAsync(new Output { Value = "x", Uri = address ?? s_address, Index = 1, PredictionId = Some.Id }, folder.Path, "name");

    private static async Task<string> PathAsync(TemporaryFolder folder, StubReply reply) => (await SaveAsync(folder, reply)).Path;

    private static async Task<string> PathAsync(TemporaryFolder folder, StubHandler host) => (await SaveAsync(folder, host)).Path;

    private static Task<AtlasCloudException> FailAsync(TemporaryFolder folder, StubReply reply) =>
        Assert.ThrowsAsync<AtlasCloudException>(() => SaveAsync(folder, reply));
}
