using System.Text;

namespace AtlasCloud.Tests;

/// <summary>Streams that break, keep silent, or come in one piece.</summary>
public sealed class ChatStreamTests
{
    private const string Path = "/v1/chat/completions";

    [Fact]
    public async Task Characters_split_by_the_network_arrive_whole()
    {
        byte[] body = Encoding.UTF8.GetBytes(Event("\u4f60\u597d \U0001F600 \u00e9") + Event("", "stop"));

        List<ChatChunk> chunks = await SomeChat.StreamAsync(SomeChat.Service(StubReply.Stream(() => new DrippingStream(body, 1), "text/event-stream")));

        Assert.Equal("\u4f60\u597d \U0001F600 \u00e9", chunks[^1].Reply!.Text);
    }

    [Fact]
    public async Task Broken_connection_returns_what_had_arrived()
    {
        byte[] body = Encoding.UTF8.GetBytes(Event("half an"));
        StubReply broken = StubReply.Stream(() => new DrippingStream(body, 5, () => new HttpIOException(HttpRequestError.ResponseEnded)), "text/event-stream");

        ChatReply reply = (await SomeChat.StreamAsync(SomeChat.Service(broken)))[^1].Reply!;

        Assert.Equal(("half an", true), (reply.Text, reply.IsInterrupted));
        Assert.Equal(AtlasCloudErrorKind.StreamInterrupted, reply.GetInterruption()?.Kind);
    }

    [Fact]
    public async Task Broken_connection_before_the_first_token_throws()
    {
        StubReply broken = StubReply.Stream(() => new DrippingStream([], 5, () => new HttpIOException(HttpRequestError.ResponseEnded)), "text/event-stream");

        AtlasCloudException failed = await Assert.ThrowsAsync<AtlasCloudException>(() => SomeChat.StreamAsync(SomeChat.Service(broken)));

        Assert.Equal(AtlasCloudErrorKind.StreamInterrupted, failed.Kind);
    }

    [Fact]
    public async Task Silent_stream_times_out()
    {
        FakeClock clock = new();
        StubReply silent = StubReply.Stream(() => new SilentStream(() => clock.Advance(TimeSpan.FromMinutes(6))), "text/event-stream");

        AtlasCloudException late = await Assert.ThrowsAsync<AtlasCloudException>(() => SomeChat.StreamAsync(SomeChat.Service(silent), clock));

        Assert.Contains("nothing arrived for 300 s", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancellation_ends_a_stream()
    {
        using CancellationTokenSource stop = new();
        StubReply silent = StubReply.Stream(() => new SilentStream(stop.Cancel), "text/event-stream");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SomeChat.StreamAsync(SomeChat.Service(silent), cancellationToken: stop.Token));
    }

    [Fact]
    public async Task Leaving_a_stream_closes_its_response()
    {
        ClosingStream body = new(Encoding.UTF8.GetBytes(Event("one") + Event("two") + Event("", "stop")));
        AtlasCloudClient client = Some.Client(SomeChat.Service(StubReply.Stream(() => body, "text/event-stream")));

        await foreach (ChatChunk chunk in client.Chat.StreamAsync(SomeChat.Request()))
        {
            Assert.Equal("one", chunk.Text);
            break;
        }

        Assert.True(body.IsClosed);
    }

    [Fact]
    public async Task Response_without_a_stream_yields_one_chunk_and_the_reply()
    {
        List<ChatChunk> chunks = await SomeChat.StreamAsync(SomeChat.Service(Fixture.Reply("llm/chat-completion.json")));

        Assert.Equal((2, chunks[0].Text, 2), (chunks.Count, chunks[1].Reply!.Text, chunks[1].Reply!.Conversation.Count));
    }

    [Fact]
    public async Task Stream_refused_with_429_is_retried()
    {
        StubHandler service = SomeChat.Service(Fixture.Reply("errors/429-with-retry-after.json"), Fixture.Reply("sse/chat-text.txt"));
        FakeClock clock = new();

        await SomeChat.StreamAsync(service, clock);

        Assert.Equal(2, service.SeenAt(Path).Count);
        Assert.Contains(TimeSpan.FromSeconds(30), clock.Delays);
    }

    [Theory]
    [InlineData("errors/500-internal.json", AtlasCloudErrorKind.ServiceUnavailable)]
    [InlineData("errors/402-balance.json", AtlasCloudErrorKind.InsufficientBalance)]
    [InlineData("errors/502-cloudflare.html", AtlasCloudErrorKind.ServiceUnavailable)]
    public async Task Stream_refused_otherwise_is_not_retried(string file, AtlasCloudErrorKind expected)
    {
        StubHandler service = SomeChat.Service(Fixture.Reply(file), Fixture.Reply("sse/chat-text.txt"));

        Assert.Equal(expected, (await Assert.ThrowsAsync<AtlasCloudException>(() => SomeChat.StreamAsync(service))).Kind);
        Assert.Single(service.SeenAt(Path));
    }

    [Fact]
    public async Task Event_that_is_not_JSON_is_ignored()
    {
        StubReply reply = StubReply.Text("data: {oops\n\n" + Event("fine") + Event("", "stop"), 200, "text/event-stream");

        Assert.Equal("'fine' stop", await SomeChat.SummaryAsync(reply));
    }

    private static string Event(string text, string? finish = null) =>
        $"data: {{\"choices\":[{{\"delta\":{{\"content\":\"{text}\"}},\"finish_reason\":{(finish is null ? "null" : $"\"{finish}\"")}}}]}}\n\n";

    private sealed class ClosingStream(byte[] content) : MemoryStream(content)
    {
        internal bool IsClosed { get; private set; }

        protected override void Dispose(bool disposing)
        {
            IsClosed = true;
            base.Dispose(disposing);
        }
    }
}
