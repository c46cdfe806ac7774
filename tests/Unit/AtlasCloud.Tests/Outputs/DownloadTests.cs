using System.Security.Cryptography;
using AtlasCloud.Outputs;

namespace AtlasCloud.Tests;

/// <summary>Responses that are not the expected file: errors, too much data, compressed or damaged content.</summary>
public sealed class DownloadTests : IDisposable
{
    private static readonly Uri s_address = new("https://storage.atlascloud.ai/outputs/result.png?sig=1");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{"code":404,"message":"not found"}""", MediaKind.Image)]
    [InlineData("""{"anything":"at all"}""", MediaKind.Video)]
    [InlineData("""{"error":{"message":"gone"}}""", MediaKind.Unknown)]
    [InlineData("""{"code":"500"}""", MediaKind.Text)]
    [InlineData("<?xml version=\"1.0\"?>\n<Error><Code>NoSuchKey</Code></Error>", MediaKind.Unknown)]
    [InlineData("\uFEFF<Error><Code>AccessDenied</Code></Error>", MediaKind.Image)]
    public async Task Error_response_with_HTTP_200_is_not_saved(string body, MediaKind kind)
    {
        AtlasCloudException failed = await FailAsync(StubReply.Text(body, 200, "image/png"), Target(), An(kind) with { Uri = new Uri("https://storage.atlascloud.ai/a") });

        Assert.Contains("a message instead", failed.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
    }

    [Theory]
    [InlineData("""{"text":"hello","code":200}""", "application/json", "name.json")]
    [InlineData("""{"asset":{"version":"2.0"}}""", "model/gltf+json", "name.gltf")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", "name.svg")]
    public async Task Text_that_can_be_a_result_is_saved(string body, string contentType, string expected)
    {
        Output output = An(MediaKind.Unknown) with { Uri = new Uri("https://storage.atlascloud.ai/a"), ContentType = contentType };

        await Client(StubReply.Text(body, 200, contentType)).Outputs.SaveAsync(output, Target(), default);

        Assert.Equal([expected], _folder.Names);
    }

    [Fact]
    public async Task File_that_is_announced_as_too_large_is_not_downloaded()
    {
        bool wasRead = false;
        StubReply large = StubReply.With(200, () =>
        {
            StreamContent content = new(new SilentStream(() => wasRead = true));
            content.Headers.ContentLength = SaveOptions.DefaultMaximumSize + 1;
            return content;
        });

        AtlasCloudException failed = await FailAsync(large, Target());

        Assert.Contains("the limit of", failed.Message, StringComparison.Ordinal);
        Assert.False(wasRead);
    }

    [Fact]
    public async Task Download_that_exceeds_the_limit_is_aborted_without_retry()
    {
        StubHandler host = new StubHandler().When("/", StubReply.Stream(() => new DrippingStream(Bytes.LargePng(300_000), 50_000), "image/png"));

        AtlasCloudException failed = await FailAsync(host, Target() with { MaximumSize = 200_000 });

        Assert.Contains("200000 bytes", failed.Message, StringComparison.Ordinal);
        Assert.Single(host.Seen);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public async Task Download_is_aborted_if_the_host_sends_too_slowly()
    {
        FakeClock clock = new();
        StubHandler host = new StubHandler().When("/", StubReply.Stream(() => new EndlessDrip(() => clock.Advance(TimeSpan.FromSeconds(50))), "image/png"));

        AtlasCloudException failed = await Assert.ThrowsAsync<AtlasCloudException>(() =>
            Some.Client(host, clock).Outputs.SaveAsync(An(MediaKind.Image), Target(), default));

        Assert.Contains("in 2 minutes", failed.Message, StringComparison.Ordinal);
        Assert.Equal(4, host.Seen.Count);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public async Task Compressed_body_is_neither_decompressed_nor_saved()
    {
        AtlasCloudException failed = await FailAsync(StubReply.Of(200, [0x1F, 0x8B, 8, 0, 1, 2, 3], "image/png", ("Content-Encoding", "gzip")), Target());

        Assert.Contains("encoding ('gzip')", failed.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public async Task Uncompressed_image_with_a_Content_Encoding_header_is_saved()
    {
        StubHandler host = new(StubReply.Of(200, Bytes.Png, "image/png", ("Content-Encoding", "gzip")));

        SavedFile file = await Some.Client(host).Outputs.SaveAsync(An(MediaKind.Image), Target(), default);

        Assert.Equal(Bytes.Png, await File.ReadAllBytesAsync(file.Path));
        Assert.Equal("identity", host.Seen[0].Header("Accept-Encoding"));
    }

    [Theory]
    [InlineData("Repr-Digest", "sha-512=:AAAA:, sha-256=:{0}:", true)]
    [InlineData("Digest", "SHA-256={0}", true)]
    [InlineData("Content-MD5", "{1}", true)]
    [InlineData("ETag", "\"{2}\"", false)]
    [InlineData("x-goog-hash", "md5={1}", false)]
    [InlineData("Repr-Digest", "sha-256=:not base64:", null)]
    public async Task Content_is_verified_against_standard_digest_headers_only(string header, string format, bool? isChecked)
    {
        StubReply right = StubReply.Of(200, Bytes.Png, "image/png", (header, Fill(format, Bytes.Png)));
        StubReply wrong = StubReply.Of(200, Bytes.Png, "image/png", (header, Fill(format, Bytes.Html)));

        await Client(right).Outputs.SaveAsync(An(MediaKind.Image), Target() with { Name = "right" }, default);
        if (isChecked == true)
        {
            Assert.Contains("digest", (await FailAsync(wrong, Target())).Message, StringComparison.Ordinal);
        }
        else
        {
            await Client(wrong).Outputs.SaveAsync(An(MediaKind.Image), Target(), default);
        }

        Assert.Equal(isChecked == true ? ["right.png"] : ["name.png", "right.png"], _folder.Names);
    }

    [Fact]
    public async Task Download_is_retried_if_the_digest_does_not_match()
    {
        byte[] damaged = [.. Bytes.Png];
        damaged[^1] ^= 1;
        (string, string) digest = ("Content-MD5", Fill("{1}", Bytes.Png));
        StubHandler host = new(StubReply.Of(200, damaged, null, digest), StubReply.Of(200, Bytes.Png, null, digest));

        SavedFile file = await Some.Client(host).Outputs.SaveAsync(An(MediaKind.Image), Target(), default);

        Assert.Equal(Bytes.Png, await File.ReadAllBytesAsync(file.Path));
    }

    private SaveTarget Target() => new(_folder.Path, "name", false);

    private static Output An(MediaKind kind) => new() { Value = "x", Uri = s_address, Kind = kind, Index = 1, PredictionId = Some.Id };

    private static AtlasCloudClient Client(StubReply reply) => Some.Client(new StubHandler().When("/", reply));

    private static Task<AtlasCloudException> FailAsync(StubReply reply, SaveTarget target, Output? output = null) =>
        FailAsync(new StubHandler().When("/", reply), target, output);

    private static Task<AtlasCloudException> FailAsync(StubHandler host, SaveTarget target, Output? output = null) =>
        Assert.ThrowsAsync<AtlasCloudException>(() => Some.Client(host).Outputs.SaveAsync(output ?? An(MediaKind.Image), target, default));

    private static string Fill(string format, byte[] bytes) => format
        .Replace("{0}", Convert.ToBase64String(SHA256.HashData(bytes)), StringComparison.Ordinal)
        .Replace("{1}", Convert.ToBase64String(Md5(bytes)), StringComparison.Ordinal)
        .Replace("{2}", Convert.ToHexString(Md5(bytes)), StringComparison.Ordinal);

    private static byte[] Md5(byte[] bytes)
    {
        using IncrementalHash md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        md5.AppendData(bytes);
        return md5.GetHashAndReset();
    }

    private sealed class EndlessDrip(Action onRead) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => 0; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            onRead();
            buffer[offset] = 1;
            return 1;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
