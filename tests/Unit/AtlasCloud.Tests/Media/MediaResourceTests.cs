namespace AtlasCloud.Tests;

public sealed class MediaResourceTests
{
    private static readonly StubReply s_accepted = Fixture.Reply("upload/mcp.json");

    [Fact]
    public async Task UploadAsync_sends_a_part_named_file_with_name_and_type()
    {
        using TemporaryFolder folder = new();
        StubHandler service = new(s_accepted);

        await Some.Client(service).Media.UploadAsync(folder.Write("photo.dat", Bytes.Png));

        SeenRequest sent = service.Seen[0];
        Assert.StartsWith("multipart/form-data; boundary=", sent.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Contains("name=file; filename=photo.dat", sent.Text, StringComparison.Ordinal);
        Assert.Contains("Content-Type: image/png", sent.Text, StringComparison.Ordinal);
        Assert.True(sent.Body.AsSpan().IndexOf(Bytes.Png) > 0);
    }

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

    [Fact]
    public async Task UploadAsync_continues_when_another_caller_of_the_same_bytes_is_cancelled()
    {
        using TemporaryFolder folder = new();
        using CancellationTokenSource stop = new();
        TaskCompletionSource arrived = new();
        StubHandler service = new(StubReply.Silence(arrived.SetResult), s_accepted);
        AtlasCloudClient client = Some.Client(service);
        string path = folder.Write("a.png", Bytes.Png);

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
