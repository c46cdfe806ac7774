using System.IO.Compression;
using System.Text;

namespace AtlasCloud.Tests.Hostile;

/// <summary>A hostile server cannot exhaust the memory, block a client indefinitely, or redirect the key.</summary>
public sealed class HostileServerTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

    // No test takes that long unless it never ends.
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Endless_response_is_aborted()
    {
        await using RawServer server = RawServer.Repeating(Ok + "\r\n", Filled(64 * 1024, ' '));
        using AtlasCloudClient client = server.Client();

        AtlasCloudException error = await FailAsync(() => client.Account.GetBalanceAsync());

        Assert.Equal(AtlasCloudErrorKind.UnexpectedReply, error.Kind);
        Assert.Contains("16 MiB", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_outcome_is_unknown_if_the_response_is_too_large()
    {
        await using RawServer server = RawServer.Saying(Ok + "Content-Length: 300000000\r\n\r\n");
        using AtlasCloudClient client = server.Client();

        AtlasCloudException error = await FailAsync(() => client.Predictions.CreateAsync(Some.Request("a/b") with { SkipValidation = true }, GenerationKind.Image));

        Assert.Equal(AtlasCloudErrorKind.SubmitOutcomeUnknown, error.Kind);
        Assert.Single(server.Heads, h => h.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Compressed_response_that_expands_beyond_the_limit_is_aborted()
    {
        byte[] packed = Packed(64 * 1024 * 1024);
        Assert.InRange(packed.Length, 1, 1024 * 1024);
        await using RawServer server = RawServer.Saying($"{Ok}Content-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n", packed);
        using AtlasCloudClient client = server.Client();

        AtlasCloudException error = await FailAsync(() => client.Account.GetBalanceAsync());

        Assert.Equal(AtlasCloudErrorKind.UnexpectedReply, error.Kind);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task Response_that_cannot_be_decompressed_is_a_connection_error(string packing)
    {
        await using RawServer server = RawServer.Saying($"{Ok}Content-Encoding: {packing}\r\nContent-Length: 24\r\n\r\n", Filled(24, '\u00ff'));
        using AtlasCloudClient client = server.Client();

        AtlasCloudException read = await FailAsync(() => client.Account.GetBalanceAsync());
        AtlasCloudException submit = await FailAsync(() => client.Predictions.CreateAsync(Some.Request("a/b") with { SkipValidation = true }, GenerationKind.Image));

        Assert.Equal(AtlasCloudErrorKind.ConnectionFailed, read.Kind);
        Assert.Equal(AtlasCloudErrorKind.SubmitOutcomeUnknown, submit.Kind);
    }

    [Fact]
    public async Task Endless_headers_are_aborted()
    {
        await using RawServer server = RawServer.Repeating(Ok, Encoding.ASCII.GetBytes($"X-More: {new string('x', 1000)}\r\n"));
        using AtlasCloudClient client = server.Client();

        AtlasCloudException error = await FailAsync(() => client.Account.GetBalanceAsync());

        Assert.Equal(AtlasCloudErrorKind.ConnectionFailed, error.Kind);
    }

    [Fact]
    public async Task Endless_interim_responses_end_with_the_timeout()
    {
        FakeClock clock = new();
        int responses = 0;
        await using RawServer server = new(async (stream, token) =>
        {
            while (true)
            {
                await RawServer.WriteAsync(stream, "HTTP/1.1 102 Processing\r\n\r\n", token);
                if (++responses == 1000)
                {
                    clock.Advance(TimeSpan.FromSeconds(61));
                }
            }
        });
        using AtlasCloudClient client = server.Client(clock);

        AtlasCloudException error = await FailAsync(() => client.Account.GetBalanceAsync());

        Assert.Equal(AtlasCloudErrorKind.RequestTimedOut, error.Kind);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Redirect_to_another_host_sends_neither_key_nor_request(int status)
    {
        await using RawServer other = RawServer.Saying(Ok + "Content-Length: 2\r\n\r\n", "{}"u8.ToArray());
        await using RawServer server = RawServer.Saying($"HTTP/1.1 {status} Elsewhere\r\nLocation: {other.Address}api/v1/model/x\r\nContent-Length: 0\r\n\r\n");
        using AtlasCloudClient client = server.Client();

        await FailAsync(() => client.Account.GetBalanceAsync());
        await FailAsync(() => client.Predictions.CreateAsync(Some.Request("a/b") with { SkipValidation = true }, GenerationKind.Image));

        Assert.Empty(other.Heads);
    }

    [Fact]
    public async Task Cookie_is_not_returned()
    {
        byte[] balance = Fixture.Bytes("billing/balance-live.json");
        await using RawServer server = RawServer.Saying($"{Ok}Set-Cookie: id=1; Path=/\r\nConnection: close\r\nContent-Length: {balance.Length}\r\n\r\n", balance);
        using AtlasCloudClient client = server.Client();

        await client.Account.GetBalanceAsync();
        await client.Account.GetBalanceAsync();

        Assert.Equal(2, server.Heads.Count);
        Assert.DoesNotContain(server.Heads, h => h.Contains("Cookie", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Addresses_of_other_hosts_in_a_response_are_not_requested()
    {
        StubReply running = Some.State("processing", extra: ""","urls":{"get":"https://evil.example/get","cancel":"https://evil.example/cancel"}""");
        StubHandler service = new(running, running, Some.Completed());
        AtlasCloudClient client = Some.Client(service);

        Prediction prediction = await client.Predictions.GetAsync(Some.Id);
        AtlasCloudException refused = await FailAsync(() => client.Predictions.CancelAsync(prediction));
        await client.Predictions.WaitAsync(prediction);

        Assert.Equal(AtlasCloudErrorKind.NotCancellable, refused.Kind);
        Assert.All(service.Seen, r => Assert.Equal("api.atlascloud.ai", r.Address.Host));
    }

    [Theory]
    [InlineData("99999999999999999999")]
    [InlineData("-5")]
    [InlineData("1e400")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT")]
    public async Task Retry_After_never_delays_a_read_by_more_than_a_minute(string retryAfter)
    {
        FakeClock clock = new();
        StubHandler service = new(StubReply.Json("{}", 503, ("Retry-After", retryAfter)), StubReply.Of(200, Fixture.Bytes("billing/balance-live.json"), "application/json"));

        await Some.Client(service, clock).Account.GetBalanceAsync();

        Assert.All(clock.Delays, d => Assert.InRange(d, TimeSpan.Zero, TimeSpan.FromSeconds(61)));
    }

    [Theory]
    [InlineData(900_000, "\"k\":0,")]
    [InlineData(3_000_000, "\"k\":0,")]
    [InlineData(400_000, "\"\\ud800\":0,")]
    public async Task Duplicate_members_are_read_in_linear_time(int pieces, string member)
    {
        string body = $$"""{"available":{"value":"1"},{{string.Concat(Enumerable.Range(0, pieces / 4).Select(i => $"\"a{i}\":0,"))}}{{string.Concat(Enumerable.Repeat(member, pieces / 4))}}"x":1}""";
        AtlasCloudClient client = Some.Client(new StubHandler(StubReply.Json(body)));

        Exception? error = await Record.ExceptionAsync(() => client.Account.GetBalanceAsync().WaitAsync(s_timeout, TimeProvider.System));

        // A document within the limits is read.
        Assert.True(pieces == 900_000 ? error is null : error is AtlasCloudException { Kind: AtlasCloudErrorKind.UnexpectedReply }, error?.ToString());
    }

    [Fact]
    public async Task Many_files_are_read_in_linear_time()
    {
        string files = string.Join(',', Enumerable.Range(0, 150_000).Select(i => $$"""{"url":"https://a.example/{{i}}.glb"}"""));
        AtlasCloudClient client = Some.Client(new StubHandler(Some.State("completed", extra: $$""","outputs":["https://a.example/1.png"],"files":[{{files}}]""")));

        Prediction prediction = await Task.Run(() => client.Predictions.GetAsync(Some.Id)).WaitAsync(s_timeout, TimeProvider.System);

        Assert.Equal(150_001, prediction.Outputs.Count);
    }

    [Fact]
    public async Task Endless_line_of_a_stream_is_aborted()
    {
        AtlasCloudException error = await StreamAsync("data: ", Filled(64 * 1024, 'x'));

        Assert.Equal(AtlasCloudErrorKind.StreamInterrupted, error.Kind);
        Assert.Contains("larger than 16 MiB", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endless_event_of_a_stream_is_aborted()
    {
        AtlasCloudException error = await StreamAsync("", Encoding.ASCII.GetBytes("data: " + new string('x', 60_000) + "\n"));

        Assert.Contains("larger than 16 MiB", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endless_stream_is_aborted_and_its_text_is_kept()
    {
        string piece = "data: {\"choices\":[{\"delta\":{\"content\":\"" + new string('x', 1_000_000) + "\"}}]}\n\n";
        using EndlessStream body = new("", Encoding.ASCII.GetBytes(piece));

        ChatReply reply = (await SomeChat.StreamAsync(SomeChat.Service(StubReply.Stream(() => body, "text/event-stream"))).WaitAsync(s_timeout, TimeProvider.System))[^1].Reply!;

        Assert.True(reply.IsInterrupted);
        Assert.InRange(reply.Text.Length, 60_000_000, 68_000_000);
    }

    [Fact]
    public async Task Stream_of_comments_only_is_aborted()
    {
        FakeClock clock = new();
        using EndlessStream body = new("", ": alive\n\n"u8.ToArray(), () => clock.Advance(TimeSpan.FromMinutes(1)));

        AtlasCloudException error = await FailAsync(() => SomeChat.StreamAsync(SomeChat.Service(StubReply.Stream(() => body, "text/event-stream")), clock));

        Assert.Equal(AtlasCloudErrorKind.StreamInterrupted, error.Kind);
        Assert.Contains("only comments", error.Message, StringComparison.Ordinal);
    }

    private static async Task<AtlasCloudException> StreamAsync(string start, byte[] piece)
    {
        using EndlessStream body = new(start, piece);
        return await FailAsync(() => SomeChat.StreamAsync(SomeChat.Service(StubReply.Stream(() => body, "text/event-stream"))));
    }

    private static Task<AtlasCloudException> FailAsync<T>(Func<Task<T>> ask) =>
        Assert.ThrowsAsync<AtlasCloudException>(() => Task.Run(ask).WaitAsync(s_timeout, TimeProvider.System));

    private static byte[] Filled(int length, char by)
    {
        byte[] content = new byte[length];
        Array.Fill(content, (byte)by);
        return content;
    }

    private static byte[] Packed(int zeros)
    {
        using MemoryStream packed = new();
        using (GZipStream zip = new(packed, CompressionLevel.SmallestSize))
        {
            zip.Write(new byte[zeros]);
        }

        return packed.ToArray();
    }
}
