using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Tests.Support;

namespace AtlasCloud.Emulation.Tests;

public sealed class StreamTests
{
    public static TheoryData<string> Names => [.. Dialect.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Very_many_chunks_arrive_complete_and_in_order(string name)
    {
        Dialect dialect = Dialect.All[name];
        using Api api = new(new EmulatorOptions { Scenario = EmulatorScenario.Parse("""{"rules":[{"chat":{"chunks":20000}}]}""") });

        Said said = await dialect.AskAsync(api, dialect.Body("go", streamed: true), streamed: true);

        Assert.Equal(Enumerable.Range(1, 20000), said.Text.Split(' ').Select(int.Parse));
        Assert.Equal(20000, said.Output);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_error_in_the_middle_is_told_by_the_protocol_and_not_paid(string name)
    {
        using Api api = Faulty("stream-error", 3);

        (string text, bool isWhole) = await ReadAsync(api, name);

        JsonNode last = Dialect.Events(text)[^1];
        string? told = (string?)last["msg"] ?? (string?)last["message"] ?? (string?)last["error"]!["message"];
        Assert.Contains(told, new[] { "upstream error", "Overloaded" });
        Assert.Equal(4, Dialect.Events(text).Count);
        Assert.True(isWhole);
        Assert.Empty(api.Emulator.Charges);
        Assert.Equal(100m, api.Emulator.Balance);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_stream_is_cut_after_as_many_events_as_the_rule_says(string name)
    {
        using Api api = Faulty("truncate", 5);

        (string text, bool isWhole) = await ReadAsync(api, name);

        Assert.Equal(5, Dialect.Events(text).Count);
        Assert.False(isWhole);
        Assert.Single(api.Emulator.Charges);
        Assert.False(api.Emulator.Ledger[0].IsAnswered);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_stream_ends_within_a_character(string name)
    {
        using Api api = Faulty("cut-character", 3);

        (string text, bool isWhole) = await ReadAsync(api, name, "one two 漢字 three");

        Assert.EndsWith("\uFFFD", text, StringComparison.Ordinal);
        Assert.False(isWhole);
    }

    [Theory]
    [ClassData(typeof(DialectData))]
    public async Task Pieces_end_within_characters_and_nothing_is_lost(string name, bool streamed)
    {
        Dialect dialect = Dialect.All[name];
        using Api api = Faulty("split-characters");

        Said said = await dialect.AskAsync(api, dialect.Body("ünïcödé 漢字 🎬", streamed), streamed);

        Assert.Equal("You said: ünïcödé 漢字 🎬", said.Text);
    }

    [Theory]
    [ClassData(typeof(DialectData))]
    public async Task A_stalled_answer_waits_until_the_client_leaves(string name, bool streamed)
    {
        using Api api = Faulty("stall", 4);
        Dialect dialect = Dialect.All[name];
        using StringContent content = new(dialect.Body("one two three", streamed).ToJsonString(), Encoding.UTF8, "application/json");
        HttpResponseMessage reply = await api.SendAsync(
            HttpMethod.Post, dialect.Path(streamed), content, until: HttpCompletionOption.ResponseHeadersRead);
        Stream stream = await reply.Content.ReadAsStreamAsync();
        byte[] buffer = new byte[64 * 1024];
        int read = 0;
        using CancellationTokenSource patience = new(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            while (true)
            {
                read += await stream.ReadAsync(buffer.AsMemory(read), patience.Token);
            }
        });

        Assert.True(!streamed || Dialect.Events(Encoding.UTF8.GetString(buffer, 0, read)).Count == 4);
        reply.Dispose();
        await WaitAsync(() => api.Emulator.OpenConnections == 0);
        Assert.False(api.Emulator.Ledger[0].IsAnswered);
    }

    [Fact]
    public async Task A_client_that_leaves_is_noticed()
    {
        using Api api = new(new EmulatorOptions { Scenario = EmulatorScenario.Parse("""{"rules":[{"chat":{"chunks":1000000,"delayMilliseconds":1}}]}""") });
        using StringContent content = new(Dialect.All["chat"].Body("go", streamed: true).ToJsonString(), Encoding.UTF8, "application/json");
        HttpResponseMessage reply = await api.SendAsync(
            HttpMethod.Post, "/v1/chat/completions", content, until: HttpCompletionOption.ResponseHeadersRead);
        using StreamReader reader = new(await reply.Content.ReadAsStreamAsync());
        Assert.StartsWith("data: ", await reader.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Equal(1, api.Emulator.OpenConnections);

        reply.Dispose();

        await WaitAsync(() => api.Emulator.OpenConnections == 0);
        Assert.False(api.Emulator.Ledger[0].IsAnswered);
    }

    [Fact]
    public async Task An_answer_that_went_out_is_noted()
    {
        using Api api = new();

        (_, bool isWhole) = await ReadAsync(api, "chat");

        Assert.True(isWhole);
        await WaitAsync(() => api.Emulator.Ledger[0].IsAnswered);
    }

    [Theory]
    [ClassData(typeof(DialectData))]
    public async Task Thinking_that_nobody_sees_uses_the_limit_up(string name, bool streamed)
    {
        Dialect dialect = Dialect.All[name];
        using Api api = new(new EmulatorOptions { Scenario = EmulatorScenario.Parse("""{"rules":[{"chat":{"hiddenReasoningTokens":60}}]}""") });

        Said empty = await dialect.AskAsync(api, dialect.Body("hello", streamed, 16), streamed);
        Said full = await dialect.AskAsync(api, dialect.Body("hello", streamed, 100), streamed);

        Assert.Equal(("", "", dialect.Stops.Length, 16), (empty.Text, empty.Reasoning, empty.Stop, empty.Output));
        Assert.Equal(("You said: hello", dialect.Stops.Usual, 63), (full.Text, full.Stop, full.Output));
    }

    [Fact]
    public async Task A_scenario_can_slow_a_stream()
    {
        using Api api = new(new EmulatorOptions
        {
            ChatDelay = TimeSpan.Zero,
            Scenario = EmulatorScenario.Parse("""{"rules":[{"chat":{"text":"one two three","delayMilliseconds":20,"finish":"content_filter"}}]}"""),
        });
        Stopwatch watch = Stopwatch.StartNew();

        Said said = await Dialect.All["chat"].AskAsync(api, Dialect.All["chat"].Body("go", streamed: true), streamed: true);

        Assert.Equal(("one two three", "content_filter"), (said.Text, said.Stop));
        Assert.True(watch.ElapsedMilliseconds >= 100, watch.Elapsed.ToString());
    }

    private static Api Faulty(string fault, int events = 3) => new(new EmulatorOptions
    {
        ChatDelay = TimeSpan.Zero,
        Scenario = EmulatorScenario.Parse($$$"""{"rules":[{"fault":"{{{fault}}}","events":{{{events}}}}]}"""),
    });

    private static async Task<(string Text, bool IsWhole)> ReadAsync(Api api, string name, string question = "one two three four five six")
    {
        Dialect dialect = Dialect.All[name];
        using StringContent content = new(dialect.Body(question, streamed: true).ToJsonString(), Encoding.UTF8, "application/json");
        using HttpResponseMessage reply = await api.SendAsync(
            HttpMethod.Post, dialect.Path(true), content, until: HttpCompletionOption.ResponseHeadersRead);
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

    private static async Task WaitAsync(Func<bool> condition)
    {
        for (int i = 0; i < 500 && !condition(); i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None);
        }

        Assert.True(condition());
    }
}
