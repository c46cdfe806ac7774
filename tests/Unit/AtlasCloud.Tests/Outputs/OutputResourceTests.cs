using System.Security.Cryptography;

namespace AtlasCloud.Tests;

public sealed class OutputResourceTests
{
    private static readonly Uri s_address = new("https://storage.atlascloud.ai/outputs/result?sig=1");

    [Theory]
    [InlineData("application/octet-stream")]
    [InlineData("video/mp4")]
    [InlineData(null)]
    public async Task The_bytes_decide_the_extension(string? contentType)
    {
        using TemporaryFolder folder = new();

        await SaveAsync(folder, StubReply.Of(200, Bytes.Png, contentType));

        Assert.Equal(["name.png"], folder.Names);
    }

    [Theory]
    [InlineData("https://x.example.com/a.obj?x=.png", "application/octet-stream", "name.obj")]
    [InlineData("https://x.example.com/a", "text/plain", "name.txt")]
    [InlineData("https://x.example.com/a", "application/octet-stream", "name.bin")]
    public async Task What_the_bytes_do_not_tell_the_label_or_the_address_does(string address, string contentType, string expected)
    {
        using TemporaryFolder folder = new();

        await SaveAsync(folder, StubReply.Of(200, [.. "v 1.0 2.0 3.0"u8], contentType), new Uri(address));

        Assert.Equal([expected], folder.Names);
    }

    [Fact]
    public async Task A_large_file_arrives_whole()
    {
        using TemporaryFolder folder = new();
        byte[] content = Bytes.LargePng(1_000_003);

        string path = await PathAsync(folder, StubReply.Stream(() => new DrippingStream(content, 7777), "image/png"));

        Assert.Equal(content, await File.ReadAllBytesAsync(path));
    }

    [Fact]
    public async Task A_download_that_is_too_short_leaves_nothing_behind()
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
    public async Task A_download_that_breaks_off_is_tried_again()
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
    public async Task A_busy_host_is_asked_again(int status)
    {
        using TemporaryFolder folder = new();

        await SaveAsync(folder, new StubHandler(StubReply.Text("busy", status), StubReply.Of(200, Bytes.Png)));

        Assert.Equal(["name.png"], folder.Names);
    }

    [Fact]
    public async Task A_web_page_in_place_of_a_result_is_no_result()
    {
        using TemporaryFolder folder = new();

        Assert.Contains("web page", (await FailAsync(folder, StubReply.Of(200, Bytes.Html, "image/png"))).Message, StringComparison.Ordinal);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public async Task An_empty_answer_is_no_result()
    {
        using TemporaryFolder folder = new();

        Assert.Equal(AtlasCloudErrorKind.DownloadIncomplete, (await FailAsync(folder, StubReply.Of(200, [], "image/png"))).Kind);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public async Task An_existing_file_is_not_replaced()
    {
        using TemporaryFolder folder = new();
        folder.Write("name.png", [1]);

        Assert.Equal(AtlasCloudErrorKind.FileExists, (await FailAsync(folder, StubReply.Of(200, Bytes.Png))).Kind);
        Assert.Equal([1], await File.ReadAllBytesAsync(Path.Combine(folder.Path, "name.png")));
        Assert.Equal(["name.png"], folder.Names);
    }

    [Fact]
    public async Task An_existing_file_is_replaced_where_that_is_asked_for()
    {
        using TemporaryFolder folder = new();
        folder.Write("name.png", [1]);
        Output output = new() { Value = "x", Uri = s_address };

        SavedFile file = await Some.Client(new StubHandler(StubReply.Of(200, Bytes.Png))).Outputs.SaveAsync(output, folder.Path, "name", overwrite: true);

        Assert.Equal(Bytes.Png, await File.ReadAllBytesAsync(file.Path));
    }

    [Fact]
    public async Task A_stop_in_the_middle_leaves_nothing_behind()
    {
        using TemporaryFolder folder = new();
        using CancellationTokenSource stop = new();
        StubReply endless = StubReply.Stream(() => new SilentStream(stop.Cancel), "image/png");
        Output output = new() { Value = "x", Uri = s_address };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Some.Client(new StubHandler(endless)).Outputs.SaveAsync(output, folder.Path, "name", cancellationToken: stop.Token));

        Assert.Empty(folder.Names);
    }

    [Fact]
    public async Task What_was_written_is_told_by_length_and_sum()
    {
        using TemporaryFolder folder = new();

        SavedFile file = await SaveAsync(folder, StubReply.Of(200, Bytes.Png));

        Assert.Equal((Bytes.Png.Length, Convert.ToHexString(SHA256.HashData(Bytes.Png)).ToLowerInvariant()), (file.Length, file.Sha256));
        Assert.Equal(file.Path, file.ToString());
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_is_told_so()
    {
        using TemporaryFolder folder = new();
        Output output = new() { Value = "text", Text = "text" };

        AtlasCloudException failed = await Assert.ThrowsAsync<AtlasCloudException>(() =>
            Some.Client(new StubHandler()).Outputs.SaveAsync(output, Path.Combine(folder.Path, "missing"), "name"));

        Assert.Equal(AtlasCloudErrorKind.DownloadIncomplete, failed.Kind);
    }

    [Fact]
    public async Task A_name_that_a_folder_has_is_taken()
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
    public async Task Results_inside_the_reply_are_saved_without_a_download(string file, string expected)
    {
        using TemporaryFolder folder = new();
        StubHandler service = new(Fixture.Reply(file));
        AtlasCloudClient client = Some.Client(service);
        Prediction prediction = await client.Predictions.GetAsync(Some.Id);

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
