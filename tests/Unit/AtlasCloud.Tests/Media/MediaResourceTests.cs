namespace AtlasCloud.Tests;

public sealed class MediaResourceTests
{
    private static readonly StubReply s_accepted = Fixture.Reply("upload/mcp.json");

    [Fact]
    public async Task UploadAsync_sends_a_part_named_file_with_name_and_type()
    {
        using TemporaryFolder folder = new();
        StubHandler service = new(s_accepted);

        await Some.Client(service).Media.UploadAsync(folder.Write("photo.png", Bytes.Png));

        SeenRequest sent = service.Seen[0];
        Assert.StartsWith("multipart/form-data; boundary=", sent.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Contains("name=file; filename=photo.png", sent.Text, StringComparison.Ordinal);
        Assert.Contains("Content-Type: image/png", sent.Text, StringComparison.Ordinal);
        Assert.True(sent.Body.AsSpan().IndexOf(Bytes.Png) > 0);
    }

    [Theory]
    [InlineData("photo.dat", "photo.png")]
    [InlineData("photo", "photo.png")]
    [InlineData("a photo.jpg", "a photo.png")]
    public async Task UploadAsync_names_a_wrong_extension_and_sends_the_right_one(string name, string sent)
    {
        using TemporaryFolder folder = new();
        StubHandler service = new(s_accepted);

        (Media media, string[] warnings) = await UploadAsync(service, folder.Write(name, Bytes.Png));

        Assert.StartsWith($"{name} contains png data. It is uploaded as {sent}, because", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Contains(sent, service.Seen[0].Text, StringComparison.Ordinal);
        Assert.Equal((name, MediaKind.Image), (media.Name, media.Kind));
    }

    [Theory]
    [InlineData("letter.docx", "PK\u0003\u0004", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", MediaKind.Document)]
    [InlineData("sheet.xls", "\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1", "application/vnd.ms-excel", MediaKind.Document)]
    [InlineData("paper.pdf", "%PDF-1.7", "application/pdf", MediaKind.Document)]
    [InlineData("notes.md", "# notes", "text/markdown", MediaKind.Text)]
    [InlineData("song.m4a", "\0\0\0\u0020ftypisom", "audio/mp4", MediaKind.Audio)]
    [InlineData("song.opus", "OggS\0", "audio/ogg", MediaKind.Audio)]
    [InlineData("photo.JPEG", "\u00FF\u00D8\u00FF\u00E0", "image/jpeg", MediaKind.Image)]
    public async Task UploadAsync_sends_the_type_that_the_extension_decides_among_formats_with_one_signature(string name, string content, string type, MediaKind kind)
    {
        using TemporaryFolder folder = new();
        StubHandler service = new(s_accepted);

        (Media media, string[] warnings) = await UploadAsync(service, folder.Write(name, System.Text.Encoding.Latin1.GetBytes(content)));

        Assert.Empty(warnings);
        Assert.Contains($"Content-Type: {type}", service.Seen[0].Text, StringComparison.Ordinal);
        Assert.Equal((name, kind), (media.Name, media.Kind));
    }

    [Theory]
    [InlineData("speech.wav", 51, null)]
    [InlineData("clip.mp4", 51, "the documented limit of 50 MB for videos")]
    [InlineData("photo.png", 51, "the documented limit of 50 MB for images")]
    [InlineData("paper.pdf", 51, "the documented limit of 50 MB for documents")]
    [InlineData("photo.png", 50, null)]
    public async Task UploadAsync_warns_of_the_size_by_kind(string name, int megabytes, string? expected)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write(name, []);
        using (FileStream file = new(path, FileMode.Open))
        {
            file.SetLength(megabytes * 1024L * 1024);
        }

        StubReply refusal = new((_, _) => Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.RequestEntityTooLarge)));
        List<string> warnings = [];
        using IDisposable listening = Warnings(warnings);
        await Assert.ThrowsAsync<AtlasCloudException>(() => Some.Client(new StubHandler(refusal)).Media.UploadAsync(path));

        Assert.Equal(expected is null ? 0 : 1, warnings.Count);
        Assert.All(warnings, w => Assert.Contains(expected!, w, StringComparison.Ordinal));
    }

    private static async Task<(Media Media, string[] Warnings)> UploadAsync(StubHandler service, string path)
    {
        List<string> warnings = [];
        using IDisposable listening = Warnings(warnings);
        return (await Some.Client(service).Media.UploadAsync(path), [.. warnings]);
    }

    private static IDisposable Warnings(List<string> into) => new AtlasCloudLog((level, message) =>
    {
        if (level == AtlasCloudLogLevel.Warning)
        {
            into.Add(message);
        }
    }).Listen();

    [Theory]
    [InlineData("two words.png")]
    [InlineData("quote's (1).png")]
    [InlineData("\u043f\u0440\u0438\u043c\u0435\u0440.png")]
    public async Task UploadAsync_accepts_unusual_file_names(string name)
    {
        using TemporaryFolder folder = new();

        Media media = await Some.Client(new StubHandler(s_accepted)).Media.UploadAsync(folder.Write(name, Bytes.Png));

        Assert.Equal(name, media.Name);
    }

    [Fact]
    public async Task UploadAsync_returns_path_size_kind_and_digest()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("photo.png", [.. "abc"u8]);

        Media media = await Some.Client(new StubHandler(s_accepted)).Media.UploadAsync(path);

        Assert.Equal((path, 3, MediaKind.Image), (media.Path, media.Length, media.Kind));
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", media.Sha256);
    }

    [Fact]
    public async Task UploadAsync_sends_the_same_bytes_once()
    {
        using TemporaryFolder folder = new();
        StubHandler service = new(s_accepted);
        AtlasCloudClient client = Some.Client(service);

        Media first = await client.Media.UploadAsync(folder.Write("a.png", Bytes.Png));
        Media second = await client.Media.UploadAsync(folder.Write("b.png", Bytes.Png));

        Assert.Single(service.Seen);
        Assert.Equal((first.Uri, "b.png"), (second.Uri, Path.GetFileName(second.Path)));
    }

    [Fact]
    public async Task UploadAsync_sends_the_same_bytes_once_for_concurrent_callers()
    {
        using TemporaryFolder folder = new();
        TaskCompletionSource respond = new();
        StubHandler service = new(StubReply.After(respond.Task, s_accepted));
        AtlasCloudClient client = Some.Client(service);
        string path = folder.Write("a.png", Bytes.Png);

        Task<Media>[] uploads = [.. Enumerable.Range(0, 10).Select(_ => client.Media.UploadAsync(path))];
        respond.SetResult();

        Assert.Single((await Task.WhenAll(uploads)).Distinct());
        Assert.Single(service.Seen);
    }

    [Fact]
    public async Task UploadAsync_can_be_called_again_after_a_failure()
    {
        using TemporaryFolder folder = new();
        AtlasCloudClient client = Some.Client(new StubHandler(Fixture.Reply("errors/413-too-large.json"), s_accepted));
        string path = folder.Write("a.png", Bytes.Png);

        await Assert.ThrowsAsync<AtlasCloudException>(() => client.Media.UploadAsync(path));

        Assert.Equal("a.png", (await client.Media.UploadAsync(path)).Name);
    }

    // A large file is sent while its digest is computed.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task UploadAsync_continues_when_another_caller_of_the_same_bytes_is_cancelled(bool isLarge)
    {
        using TemporaryFolder folder = new();
        using CancellationTokenSource stop = new();
        TaskCompletionSource arrived = new();
        StubHandler service = new(StubReply.Silence(arrived.SetResult), s_accepted);
        AtlasCloudClient client = Some.Client(service);
        string path = folder.Write("a.png", isLarge ? Bytes.LargePng(LargeUploadTests.Length) : Bytes.Png);

        Task<Media> first = client.Media.UploadAsync(path, cancellationToken: stop.Token);
        await arrived.Task;
        Task<Media> second = client.Media.UploadAsync(path);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal("a.png", (await second).Name);
    }

    [Fact]
    public async Task UploadAsync_is_retried_when_the_connection_drops()
    {
        using TemporaryFolder folder = new();
        StubHandler service = new(StubReply.Fault(HttpRequestError.ResponseEnded), s_accepted);

        await Some.Client(service).Media.UploadAsync(folder.Write("a.png", Bytes.Png));

        Assert.True(service.Seen[1].Body.AsSpan().IndexOf(Bytes.Png) > 0);
    }

    [Fact]
    public async Task UploadAsync_throws_UploadFailed_with_the_path_when_the_connection_fails()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("a.png", Bytes.Png);

        AtlasCloudException failed = await Assert.ThrowsAsync<AtlasCloudException>(() =>
            Some.Client(new StubHandler().When("/", StubReply.Fault(HttpRequestError.ConnectionError))).Media.UploadAsync(path));

        Assert.Equal((AtlasCloudErrorKind.UploadFailed, path), (failed.Kind, failed.Target));
    }

    [Fact]
    public async Task UploadAsync_reports_progress_to_the_end()
    {
        using TemporaryFolder folder = new();
        List<(long Moved, long? Total)> reported = [];

        await Some.Client(new StubHandler(s_accepted)).Media.UploadAsync(folder.Write("a.png", Bytes.LargePng(300_000)), (moved, total) => reported.Add((moved, total)), Some.NoStop);

        Assert.Equal(reported[^1].Total, reported[^1].Moved);
        Assert.True(reported.Count > 1);
    }
}
