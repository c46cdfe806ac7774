using System.Security.Cryptography;

namespace AtlasCloud.Tests;

/// <summary>Files that are digested while they are sent.</summary>
public sealed class LargeUploadTests
{
    internal const int Length = (int)UploadedFiles.MinLargeBytes + 100_000;

    private static readonly StubReply s_accepted = Fixture.Reply("upload/mcp.json");

    [Fact]
    public async Task UploadAsync_sends_the_file_and_returns_its_digest()
    {
        using TemporaryFolder folder = new();
        StubHandler service = new(s_accepted);
        byte[] content = Bytes.LargePng(Length);

        Media media = await Some.Client(service).Media.UploadAsync(folder.Write("a.png", content));

        Assert.True(service.Seen[0].Body.AsSpan().IndexOf(content) > 0);
        Assert.Equal(Convert.ToHexString(SHA256.HashData(content)).ToLowerInvariant(), media.Sha256);
    }

    [Fact]
    public async Task UploadAsync_returns_the_digest_of_the_sent_bytes_after_a_retry()
    {
        using TemporaryFolder folder = new();
        byte[] content = Bytes.LargePng(Length);

        Media media = await Some.Client(new StubHandler(StubReply.Fault(HttpRequestError.ResponseEnded), s_accepted)).Media.UploadAsync(folder.Write("a.png", content));

        Assert.Equal(Convert.ToHexString(SHA256.HashData(content)).ToLowerInvariant(), media.Sha256);
    }

    [Fact]
    public async Task UploadAsync_sends_the_same_bytes_once_under_another_name()
    {
        using TemporaryFolder folder = new();
        StubHandler service = new(s_accepted);
        AtlasCloudClient client = Some.Client(service);
        byte[] content = Bytes.LargePng(Length);

        Media first = await client.Media.UploadAsync(folder.Write("a.png", content));
        Media second = await client.Media.UploadAsync(folder.Write("b.png", content));

        Assert.Single(service.Seen);
        Assert.Equal((first.Uri, first.Sha256, "b.png"), (second.Uri, second.Sha256, second.Name));
    }

    [Fact]
    public async Task UploadAsync_sends_the_same_bytes_once_for_concurrent_callers()
    {
        using TemporaryFolder folder = new();
        TaskCompletionSource respond = new();
        StubHandler service = new(StubReply.After(respond.Task, s_accepted));
        AtlasCloudClient client = Some.Client(service);
        byte[] content = Bytes.LargePng(Length);
        string[] paths = [folder.Write("a.png", content), folder.Write("b.png", content)];

        Task<Media>[] uploads = [.. Enumerable.Range(0, 6).Select(n => client.Media.UploadAsync(paths[n % 2]))];
        respond.SetResult();

        Assert.Single((await Task.WhenAll(uploads)).Select(m => m.Uri).Distinct());
        Assert.Single(service.Seen);
    }

    [Fact]
    public async Task UploadAsync_sends_other_bytes_of_the_same_length()
    {
        using TemporaryFolder folder = new();
        StubHandler service = new(s_accepted, s_accepted);
        AtlasCloudClient client = Some.Client(service);
        byte[] other = Bytes.LargePng(Length);
        other[^1] ^= 1;

        Media first = await client.Media.UploadAsync(folder.Write("a.png", Bytes.LargePng(Length)));
        Media second = await client.Media.UploadAsync(folder.Write("a.png", other));

        Assert.Equal(2, service.Seen.Count);
        Assert.NotEqual(first.Sha256, second.Sha256);
    }

    [Fact]
    public void Digest_of_an_unchanged_file_is_known_until_its_length_or_time_changes()
    {
        using TemporaryFolder folder = new();
        FakeClock clock = new();
        string path = folder.Write("a.png", Bytes.Png);
        UploadedFiles files = new(clock);
        File.SetLastWriteTimeUtc(path, clock.GetUtcNow().UtcDateTime.AddMinutes(-1));
        files.Add(UploadedFiles.FileState.Of(path), "digest");
        string? unchanged = files.FindDigest(UploadedFiles.FileState.Of(path));

        File.SetLastWriteTimeUtc(path, clock.GetUtcNow().UtcDateTime.AddMinutes(-2));

        Assert.Equal(("digest", null), (unchanged, files.FindDigest(UploadedFiles.FileState.Of(path))));
    }

    [Fact]
    public void Digest_of_a_file_that_was_just_written_is_not_kept()
    {
        using TemporaryFolder folder = new();
        FakeClock clock = new();
        string path = folder.Write("a.png", Bytes.Png);
        UploadedFiles files = new(clock);
        File.SetLastWriteTimeUtc(path, clock.GetUtcNow().UtcDateTime.AddSeconds(-1));

        files.Add(UploadedFiles.FileState.Of(path), "digest");

        Assert.Null(files.FindDigest(UploadedFiles.FileState.Of(path)));
    }
}
