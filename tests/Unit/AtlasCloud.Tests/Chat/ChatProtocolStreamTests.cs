using System.Text;
using System.Text.Json.Nodes;

namespace AtlasCloud.Tests;

/// <summary>What streams of all protocols do beyond their words.</summary>
public sealed class ChatProtocolStreamTests
{
    public static TheoryData<string> Protocols => SomeChat.Protocols;

    [Fact]
    public async Task First_chunk_arrives_before_the_next_one_is_sent()
    {
        TaskCompletionSource gate = new();
        GatedStream body = Body([(Task.CompletedTask, Event("Once")), (gate.Task, Event(" upon"))]);
        await using IAsyncEnumerator<ChatChunk> chunks = Stream(body).GetAsyncEnumerator();

        Assert.True(await chunks.MoveNextAsync());

        Assert.Equal("Once", chunks.Current.Text);
        Assert.False(gate.Task.IsCompleted);
    }

    [Fact]
    public async Task Stalled_stream_ends_when_it_is_cancelled()
    {
        using CancellationTokenSource stop = new();
        GatedStream body = Body([(Task.CompletedTask, Event("Once")), (new TaskCompletionSource().Task, [])]);
        await using IAsyncEnumerator<ChatChunk> chunks = Stream(body, stop.Token).GetAsyncEnumerator();
        await chunks.MoveNextAsync();
        ValueTask<bool> next = chunks.MoveNextAsync();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
        Assert.True(body.Closed.Task.IsCompleted);
    }

    [Fact]
    public async Task Stream_cut_inside_a_character_is_interrupted_and_keeps_complete_events()
    {
        byte[] whole = [.. Event("漢字"), .. Event(" 🎬")];
        byte[] cut = whole[..^12];

        ChatReply reply = (await SomeChat.StreamAsync(SomeChat.Service(StubReply.Stream(() => new DrippingStream(cut, 1), "text/event-stream"))))[^1].Reply!;

        Assert.Equal("漢字", reply.Text);
        Assert.True(reply.IsInterrupted);
        Assert.Null(reply.EstimatedCost);
    }

    [Fact]
    public async Task Surrogate_pair_split_between_events_is_whole_in_the_reply()
    {
        string[] halves = ["""{"choices":[{"delta":{"content":"\ud83c"}}]}""", """{"choices":[{"delta":{"content":"\udfac!\n\"\u00fc\""},"finish_reason":"stop"}]}"""];

        ChatReply reply = (await SomeChat.StreamAsync(SomeChat.Service(SomeAnswer.Events(halves))))[^1].Reply!;

        Assert.Equal("🎬!\n\"ü\"", reply.Text);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Stream_that_breaks_returns_what_had_arrived(string protocol)
    {
        string[] events = Encoding.UTF8.GetString(await BodyOf(SomeAnswer.Of(protocol, stream: true, "Once upon"))).Split("\n\n");
        int words = Array.FindIndex(events, e => e.Contains("Once", StringComparison.Ordinal));
        byte[] cut = Encoding.UTF8.GetBytes(string.Concat(events.Take(words + 1).Select(e => e + "\n\n")));

        ChatReply reply = (await SomeChat.StreamAsync(
            SomeChat.Service(StubReply.Stream(() => new DrippingStream(cut, 7, () => new IOException("gone")), "text/event-stream")),
            SomeChat.Request(protocol)))[^1].Reply!;

        Assert.Equal("Once", reply.Text);
        Assert.True(reply.IsInterrupted);
        Assert.Equal(AtlasCloudErrorKind.StreamInterrupted, reply.GetInterruption()!.Kind);
    }

    [Theory]
    [InlineData(SomeChat.Claude, """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""", "Overloaded")]
    [InlineData(SomeChat.Responses, """{"type":"error","code":"server_error","message":"upstream error"}""", "upstream error")]
    [InlineData(SomeChat.Responses, """{"type":"response.failed","response":{"status":"failed","error":{"code":"server_error","message":"no luck"}}}""", "no luck")]
    [InlineData(SomeChat.Gemini, """{"error":{"code":503,"message":"The model is overloaded.","status":"UNAVAILABLE"}}""", "The model is overloaded.")]
    public async Task Failure_event_of_each_protocol_is_reported(string protocol, string data, string words)
    {
        Assert.Equal($"ServiceUnavailable: {words}", await SomeChat.SummaryAsync(SomeAnswer.Events([data]), protocol));
    }

    [Fact]
    public async Task Claude_reasoning_is_returned_and_unknown_events_are_ignored()
    {
        string[] events =
        [
            """{"type":"message_start","message":{"id":"msg_1","usage":{"input_tokens":10,"cache_read_input_tokens":90,"output_tokens":1}}}""",
            """{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":""}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Hm."}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"proof"}}""",
            """{"type":"of_tomorrow","text":"?"}""",
            """{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Yes"}}""",
            """{"type":"message_delta","delta":{"stop_reason":"max_tokens"},"usage":{"output_tokens":6}}""",
            """{"type":"message_stop"}""",
        ];

        List<ChatChunk> chunks = await SomeChat.StreamAsync(SomeChat.Service(SomeAnswer.Events(events)), SomeChat.Request(SomeChat.Claude));

        Assert.Equal("'Yes' (Hm.) length 100 in, 6 out", SomeChat.Summary(chunks[^1].Reply!));
        Assert.Equal((90, 106), (chunks[^1].Reply!.Usage!.CachedTokens, chunks[^1].Reply!.Usage!.TotalTokens));
        Assert.Equal("max_tokens", chunks[^1].Reply!.AdditionalProperties["stop_reason"]);
    }

    private static IAsyncEnumerable<ChatChunk> Stream(GatedStream body, CancellationToken cancellationToken = default) =>
        Some.Client(SomeChat.Service(StubReply.Stream(() => body, "text/event-stream"))).Chat.StreamAsync(SomeChat.Request(), cancellationToken);

    private static GatedStream Body(IEnumerable<(Task, byte[])> pieces) => new(pieces.GetEnumerator());

    private static byte[] Event(string text) => Encoding.UTF8.GetBytes($"data: {SomeAnswer.Delta(new JsonObject { ["content"] = text }, null)}\n\n");

    private static async Task<byte[]> BodyOf(StubReply reply)
    {
        using HttpRequestMessage request = new();
        using HttpResponseMessage response = await reply.AnswerAsync(request, CancellationToken.None);
        return await response.Content.ReadAsByteArrayAsync();
    }
}
