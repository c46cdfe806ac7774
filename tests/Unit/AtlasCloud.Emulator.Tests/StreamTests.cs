using System.Text;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Tests.Support;
using AtlasCloud.Emulation.Tests.Support.Protocols;

namespace AtlasCloud.Emulation.Tests;

public sealed class StreamTests
{
    public static TheoryData<string> Names => [.. ChatClient.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Long_stream_arrives_complete_and_in_order(string name)
    {
        ChatClient client = ChatClient.All[name];
        using Api api = new(new EmulatorOptions { Scenario = EmulatorScenario.Parse("""{"rules":[{"chat":{"chunks":20000}}]}""") });

        ParsedReply reply = await client.SendAsync(api, client.Body("go", streamed: true), streamed: true);

        Assert.Equal(Enumerable.Range(1, 20000), reply.Text.Split(' ').Select(int.Parse));
        Assert.Equal(20000, reply.OutputTokens);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Stream_error_is_sent_in_the_protocol_format_and_not_charged(string name)
    {
        using Api api = WithFault("stream-error", 3);

        (string text, bool isWhole) = await ReadAsync(api, name);

        JsonNode last = ChatClient.Events(text)[^1];
        string? message = (string?)last["msg"] ?? (string?)last["message"] ?? (string?)last["error"]!["message"];
        Assert.Contains(message, new[] { "upstream error", "Overloaded" });
        Assert.Equal(4, ChatClient.Events(text).Count);
        Assert.True(isWhole);
        Assert.Empty(api.Emulator.Charges);
        Assert.Equal(100m, api.Emulator.Balance);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Truncated_stream_ends_after_the_specified_number_of_events(string name)
    {
        using Api api = WithFault("truncate", 5);

        (string text, bool isWhole) = await ReadAsync(api, name);

        Assert.Equal(5, ChatClient.Events(text).Count);
        Assert.False(isWhole);
        Assert.Single(api.Emulator.Charges);
        Assert.False(api.Emulator.Ledger[0].IsAnswered);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Cut_character_ends_the_stream_within_a_character(string name)
    {
        using Api api = WithFault("cut-character", 3);

        (string text, bool isWhole) = await ReadAsync(api, name, "one two 漢字 three");

        Assert.EndsWith("\uFFFD", text, StringComparison.Ordinal);
        Assert.False(isWhole);
    }

    [Theory]
    [ClassData(typeof(ChatClientData))]
    public async Task Split_characters_arrive_complete(string name, bool streamed)
    {
        ChatClient client = ChatClient.All[name];
        using Api api = WithFault("split-characters");

        ParsedReply reply = await client.SendAsync(api, client.Body("ünïcödé 漢字 🎬", streamed), streamed);

        Assert.Equal("You said: ünïcödé 漢字 🎬", reply.Text);
    }

    [Theory]
    [ClassData(typeof(ChatClientData))]
    public async Task Stalled_reply_waits_until_the_client_disconnects(string name, bool streamed)
    {
        using Api api = WithFault("stall", 4, ",\"times\":1");
        ChatClient client = ChatClient.All[name];
        using StringContent content = new(client.Body("one two three", streamed).ToJsonString(), Encoding.UTF8, "application/json");
        HttpResponseMessage reply = await api.SendAsync(
            HttpMethod.Post, client.Path(streamed), content, until: HttpCompletionOption.ResponseHeadersRead);
        Stream stream = await reply.Content.ReadAsStreamAsync();
        byte[] buffer = new byte[64 * 1024];
        int read = 0;
        Task<int> next;
        while (true)
        {
            // All events arrive. What does not arrive after that while the emulator answers another request does not arrive.
            next = stream.ReadAsync(buffer.AsMemory(read)).AsTask();
            await api.ReadAsync("/api/v1/models");
            if (!next.IsCompleted && (!streamed || ChatClient.Events(Encoding.UTF8.GetString(buffer, 0, read)).Count >= 4))
            {
                break;
            }

            Assert.NotEqual(0, await next);
            read += await next;
        }

        Assert.True(!streamed || ChatClient.Events(Encoding.UTF8.GetString(buffer, 0, read)).Count == 4);
        reply.Dispose();
        await api.ConnectionsEndedAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => next);
        Assert.False(api.Emulator.Ledger[0].IsAnswered);
    }

    [Fact]
    public async Task Disconnect_closes_the_connection_and_leaves_the_entry_unanswered()
    {
        using Api api = new(new EmulatorOptions { Scenario = EmulatorScenario.Parse("""{"rules":[{"chat":{"chunks":1000000,"delayMilliseconds":1}}]}""") });
        using StringContent content = new(ChatClient.All["chat"].Body("go", streamed: true).ToJsonString(), Encoding.UTF8, "application/json");
        HttpResponseMessage reply = await api.SendAsync(
            HttpMethod.Post, "/v1/chat/completions", content, until: HttpCompletionOption.ResponseHeadersRead);
        using StreamReader reader = new(await reply.Content.ReadAsStreamAsync());
        Assert.StartsWith("data: ", await reader.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Equal(1, api.Emulator.OpenConnections);

        reply.Dispose();

        await api.ConnectionsEndedAsync();
        Assert.False(api.Emulator.Ledger[0].IsAnswered);
    }

    [Fact]
    public async Task Complete_reply_is_recorded_as_answered()
    {
        using Api api = new();

        (_, bool isWhole) = await ReadAsync(api, "chat");

        Assert.True(isWhole);
        await api.ConnectionsEndedAsync();
        Assert.True(api.Emulator.Ledger[0].IsAnswered);
    }

    [Theory]
    [ClassData(typeof(ChatClientData))]
    public async Task Hidden_reasoning_counts_against_the_token_limit(string name, bool streamed)
    {
        ChatClient client = ChatClient.All[name];
        using Api api = new(new EmulatorOptions { Scenario = EmulatorScenario.Parse("""{"rules":[{"chat":{"hiddenReasoningTokens":60}}]}""") });

        ParsedReply empty = await client.SendAsync(api, client.Body("hello", streamed, 16), streamed);
        ParsedReply full = await client.SendAsync(api, client.Body("hello", streamed, 100), streamed);

        Assert.Equal(("", "", client.FinishReasons.Length, 16), (empty.Text, empty.Reasoning, empty.FinishReason, empty.OutputTokens));
        Assert.Equal(("You said: hello", client.FinishReasons.Usual, 63), (full.Text, full.FinishReason, full.OutputTokens));
    }

    [Fact]
    public async Task Stream_can_be_delayed()
    {
        using Api api = new(new EmulatorOptions
        {
            ChatDelay = TimeSpan.Zero,
            Scenario = EmulatorScenario.Parse("""{"rules":[{"chat":{"text":"one two three","delayMilliseconds":20,"finish":"content_filter"}}]}"""),
        });

        ParsedReply reply = await ChatClient.All["chat"].SendAsync(api, ChatClient.All["chat"].Body("go", streamed: true), streamed: true);

        Assert.Equal(("one two three", "content_filter"), (reply.Text, reply.FinishReason));
        Assert.InRange(api.Clock.Delays.Count, 5, 10);
        Assert.All(api.Clock.Delays, delay => Assert.Equal(TimeSpan.FromMilliseconds(20), delay));
    }

    private static Api WithFault(string fault, int events = 3, string more = "") => new(new EmulatorOptions
    {
        ChatDelay = TimeSpan.Zero,
        Scenario = EmulatorScenario.Parse($$$"""{"rules":[{"fault":"{{{fault}}}","events":{{{events}}}{{{more}}}}]}"""),
    });

    private static async Task<(string Text, bool IsWhole)> ReadAsync(Api api, string name, string question = "one two three four five six")
    {
        ChatClient client = ChatClient.All[name];
        using StringContent content = new(client.Body(question, streamed: true).ToJsonString(), Encoding.UTF8, "application/json");
        using HttpResponseMessage reply = await api.SendAsync(
            HttpMethod.Post, client.Path(true), content, until: HttpCompletionOption.ResponseHeadersRead);
        using Stream stream = await reply.Content.ReadAsStreamAsync();
        using MemoryStream seen = new();
        bool isWhole = true;
        try
        {
            await stream.CopyToAsync(seen);
        }
        catch (IOException)
        {
            isWhole = false;
        }

        return (Encoding.UTF8.GetString(seen.ToArray()), isWhole);
    }
}
