namespace AtlasCloud.Tests;

/// <summary>Every recorded stream, through the whole client.</summary>
public sealed class StreamFixtureTests
{
    private static readonly Dictionary<string, string> s_expected = new(StringComparer.Ordinal)
    {
        ["chat-error-event.txt"] = "ServiceUnavailable: upstream error",
        ["chat-error-midstream.txt"] = "'Once' interrupted: upstream error",
        ["chat-keepalive-crlf.txt"] = "'Hi' stop",
        ["chat-no-done.txt"] = "'Hi' stop",
        ["chat-no-space.txt"] = "'Hi' stop",
        ["chat-reasoning-alt.txt"] = "'Paris' (The user wants a city.) stop",
        ["chat-reasoning.txt"] = "'Paris' (The user wants a city.) stop 14 in, 22 out",
        ["chat-text.txt"] = "'Hello!' stop",
        ["chat-tools.txt"] = """'' call_9d1f=get_weather({"city":"Oslo"}) call_9d20=get_weather({"city":"Bergen"}) tool_calls""",
        ["chat-truncated.txt"] = "'Once upon a ti' interrupted: ",
        ["chat-usage-last-chunk.txt"] = "'Hello!' stop 11 in, 3 out",
        ["chat-usage-with-finish.txt"] = "'Hello!' stop 11 in, 3 out",
        ["messages-text.txt"] = "'Hello!' stop 12 in, 6 out",
        ["responses-text.txt"] = "'Hello!' stop 11 in, 3 out",
    };

    public static TheoryData<string> Files => Fixture.Files("sse");

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_recorded_stream_is_read_as_documented(string file)
    {
        Assert.True(s_expected.TryGetValue(file, out string? expected), $"sse/{file} has no expectation.");

        Assert.Equal(expected, await SomeChat.SummaryAsync(Fixture.Reply("sse/" + file), ProtocolOf(file)));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_recorded_stream_is_read_the_same_byte_by_byte(string file)
    {
        byte[] body = Fixture.Bytes("sse/" + file);

        string summary = await SomeChat.SummaryAsync(StubReply.Stream(() => new DrippingStream(body, pieceLength: 1), "text/event-stream"), ProtocolOf(file));

        Assert.Equal(await SomeChat.SummaryAsync(Fixture.Reply("sse/" + file), ProtocolOf(file)), summary);
    }

    [Theory]
    [InlineData("messages-text.txt", SomeChat.Completions)]
    [InlineData("responses-text.txt", SomeChat.Claude)]
    [InlineData("chat-text.txt", SomeChat.Gemini)]
    [InlineData("messages-text.txt", SomeChat.Responses)]
    public async Task Stream_of_another_protocol_is_rejected(string file, string protocol) =>
        Assert.Equal("UnexpectedReply: ", await SomeChat.SummaryAsync(Fixture.Reply("sse/" + file), protocol));

    private static string ProtocolOf(string file) => file.Split('-')[0] switch
    {
        "messages" => SomeChat.Claude,
        "responses" => SomeChat.Responses,
        _ => SomeChat.Completions,
    };
}
