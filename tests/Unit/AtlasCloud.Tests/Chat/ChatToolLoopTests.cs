using System.Text.Json.Nodes;

namespace AtlasCloud.Tests;

/// <summary>Rounds of tools, in each protocol, whole and as a stream.</summary>
public sealed class ChatToolLoopTests
{
    public static TheoryData<string, bool> BothWays => SomeChat.ProtocolsBothWays;

    [Theory]
    [MemberData(nameof(BothWays))]
    public async Task Three_rounds_of_parallel_calls_keep_their_ids_and_order(string protocol, bool stream)
    {
        StubHandler service = Rounds(protocol, stream, 3);
        List<string> ran = [];
        ChatRequest request = Request(protocol) with { RunTool = (call, _) => Run(call) };

        ChatReply reply = await SomeChat.AskAsync(service, request, stream);

        string[] expected = ["call_1a Oslo", "call_1b Bergen", "call_2a Oslo", "call_2b Bergen", "call_3a Oslo", "call_3b Bergen"];
        Assert.Equal(expected, ran);
        Assert.Equal("Rain in both.", reply.Text);
        Assert.Equal(("stop", 4, 0), (reply.FinishReason, reply.Rounds, reply.ToolCalls.Count));
        Assert.Equal((40, 20, 60), (reply.Usage!.InputTokens, reply.Usage.OutputTokens, reply.Usage.TotalTokens));
        Assert.Equal(expected, reply.ToolRuns.Select(r => $"{r.Id} {r.ReadArguments()!["city"]}"));
        Assert.All(reply.ToolRuns, r => Assert.Equal($"rain {r.Id}", r.Result));
        Assert.Equal(
            "user assistant tool tool assistant tool tool assistant tool tool assistant",
            string.Join(' ', reply.Conversation.Select(m => m.Role)));
        Assert.Equal(expected.Select(e => e[..7]), AnsweredIds(protocol, SomeChat.Questions(service)[^1].Json));

        Task<ChatToolResult> Run(ChatToolCall call)
        {
            ran.Add($"{call.Id} {call.ReadArguments()!["city"]}");
            return Task.FromResult(new ChatToolResult($"rain {call.Id}"));
        }
    }

    [Fact]
    public async Task Stream_has_the_parts_of_a_call_its_result_and_the_round()
    {
        StubHandler service = Rounds(SomeChat.Completions, stream: true, 1);

        List<ChatChunk> chunks = await SomeChat.StreamAsync(service, Request(SomeChat.Completions) with { RunTool = Rain });

        Assert.Equal("""{"city":"Oslo"}""", string.Concat(chunks.Where(c => c.Round == 1).SelectMany(c => c.ToolCalls).Where(c => c.Index == 0).Select(c => c.Arguments)));
        Assert.Equal(["call_1a", "call_1b"], chunks.Select(c => c.ToolRun).OfType<ChatToolCall>().Select(r => r.Id));
        Assert.Equal("Rain in both.", string.Concat(chunks.Where(c => c.Round == 2).Select(c => c.Text)));
        Assert.Single(chunks, c => c.Reply is not null);
    }

    [Fact]
    public async Task Tool_calls_are_returned_when_RunTool_is_null()
    {
        StubHandler service = Rounds(SomeChat.Claude, stream: false, 1);

        ChatReply reply = await SomeChat.AskAsync(service, Request(SomeChat.Claude));

        Assert.Equal(("tool_calls", 2), (reply.FinishReason, reply.ToolCalls.Count));
        Assert.Single(SomeChat.Questions(service));
    }

    [Fact]
    public async Task Endless_tool_calls_end_at_the_limit_with_a_warning()
    {
        StubHandler service = Rounds(SomeChat.Completions, stream: false, 5);
        List<string> said = [];
        AtlasCloudLog listener = new((level, text) => said.Add($"{level}: {text}"));
        using IDisposable listening = listener.Listen();

        ChatReply reply = await SomeChat.AskAsync(service, Request(SomeChat.Completions) with { RunTool = Rain, MaximumToolRounds = 2 });

        Assert.Equal(("tool_calls", 3, 4), (reply.FinishReason, reply.Rounds, reply.ToolRuns.Count));
        Assert.Equal(2, reply.ToolCalls.Count);
        Assert.Contains(said, s => s.StartsWith("Warning: ", StringComparison.Ordinal) && s.Contains("To allow more rounds, raise the limit.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("broken", "it broke")]
    [InlineData("other", "There is no tool 'other'. The tools are: get_weather.")]
    [InlineData("text", "The arguments are not a JSON object. The call was not run.")]
    public async Task Tool_failure_is_the_result_for_the_model(string fault, string words)
    {
        (string, string, string) call = fault switch
        {
            "other" => ("call_1", "other", "{}"),
            "text" => ("call_1", "get_weather", "Oslo"),
            _ => ("call_1", "get_weather", """{"city":"Oslo"}"""),
        };
        StubHandler service = SomeChat.Service(
            SomeAnswer.Of(SomeChat.Completions, stream: false, "", call), SomeAnswer.Of(SomeChat.Completions, stream: false, "Sorry."));

        ChatReply reply = await SomeChat.AskAsync(
            service, Request(SomeChat.Completions) with { RunTool = (_, _) => throw new InvalidOperationException("it broke") });

        Assert.Equal("Sorry.", reply.Text);
        Assert.True(reply.ToolRuns.Single().IsError);
        Assert.Equal(words, ChatComposeTests.At(SomeChat.Questions(service)[^1].Json, "$.messages[2].content")!.ToString());
    }

    [Theory]
    [InlineData(SomeChat.Claude, "$.messages[2].content[0].is_error", "true")]
    [InlineData(SomeChat.Gemini, "$.contents[2].parts[0].functionResponse.response.error", "it broke")]
    public async Task Tool_failure_is_marked_when_the_protocol_supports_it(string protocol, string path, string value)
    {
        StubHandler service = Rounds(protocol, stream: false, 1);

        await SomeChat.AskAsync(service, Request(protocol) with { RunTool = (_, _) => throw new InvalidOperationException("it broke") });

        Assert.Equal(value, ChatComposeTests.At(SomeChat.Questions(service)[^1].Json, path)!.ToString());
    }

    [Fact]
    public async Task Error_after_a_round_has_the_reply_so_far()
    {
        StubHandler service = SomeChat.Service(
            SomeAnswer.Of(SomeChat.Completions, stream: false, "", ("call_1", "get_weather", """{"city":"Oslo"}""")), StubReply.Json("{}", 500));

        AtlasCloudException exception = await Assert.ThrowsAsync<AtlasCloudException>(
            () => SomeChat.AskAsync(service, Request(SomeChat.Completions) with { RunTool = Rain }));

        ChatReply reply = Assert.IsType<ChatReply>(exception.Target);
        Assert.Equal(AtlasCloudErrorKind.ServiceUnavailable, exception.Kind);
        Assert.Equal("rain", reply.ToolRuns.Single().Result);
        Assert.Equal("tool", reply.Conversation[^1].Role);
    }

    [Fact]
    public async Task Cancellation_while_a_tool_runs_sends_nothing_more()
    {
        using CancellationTokenSource stop = new();
        StubHandler service = Rounds(SomeChat.Completions, stream: false, 3);
        ChatRequest request = Request(SomeChat.Completions) with
        {
            RunTool = async (_, _) =>
            {
                await stop.CancelAsync();
                return new ChatToolResult("done");
            },
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Some.Client(service).Chat.CompleteAsync(request, stop.Token));

        Assert.Single(SomeChat.Questions(service));
    }

    [Fact]
    public async Task Reasoning_and_signatures_are_sent_back_after_a_tool_call()
    {
        string[] claude =
        [
            """{"type":"message_start","message":{"id":"msg_1"}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Look it up."}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"proof"}}""",
            """{"type":"content_block_start","index":1,"content_block":{"type":"redacted_thinking","data":"secret"}}""",
            """{"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"call_1","name":"get_weather","input":{"city":"Oslo"}}}""",
            """{"type":"message_delta","delta":{"stop_reason":"tool_use"}}""",
        ];
        StubHandler thinking = SomeChat.Service(SomeAnswer.Events(claude), SomeAnswer.Of(SomeChat.Claude, stream: true, "Rain."));
        StubHandler signed = Rounds(SomeChat.Gemini, stream: true, 1);

        await SomeChat.AskAsync(thinking, Request(SomeChat.Claude) with { RunTool = Rain }, stream: true);
        await SomeChat.AskAsync(signed, Request(SomeChat.Gemini) with { RunTool = Rain }, stream: true);

        Assert.Equal(
            """[{"type":"thinking","thinking":"Look it up.","signature":"proof"},{"type":"redacted_thinking","data":"secret"},{"type":"tool_use","id":"call_1","name":"get_weather","input":{"city":"Oslo"}}]""",
            SomeChat.Questions(thinking)[^1].Json["messages"]![1]!["content"]!.ToJsonString());
        Assert.Equal("proof-call_1b", ChatComposeTests.At(SomeChat.Questions(signed)[^1].Json, "$.contents[1].parts[1].thoughtSignature")!.ToString());
    }

    [Fact]
    public async Task Tool_call_that_was_not_run_is_answered_before_the_next_message()
    {
        StubHandler service = Rounds(SomeChat.Completions, stream: false, 1);
        ChatReply asked = await SomeChat.AskAsync(service, Request(SomeChat.Completions));

        await SomeChat.AskAsync(service, Request(SomeChat.Completions) with { Messages = [.. asked.Conversation, SomeChat.User("Never mind.")] });

        Assert.Equal(
            "user assistant tool tool user",
            string.Join(' ', SomeChat.Questions(service)[^1].Json["messages"]!.AsArray().Select(m => m!["role"]!.ToString())));
    }

    private static ChatRequest Request(string protocol) => SomeChat.Request(protocol, "Weather?") with { Tools = [ChatComposeTests.Weather] };

    private static Task<ChatToolResult> Rain(ChatToolCall call, CancellationToken cancellationToken) => Task.FromResult(new ChatToolResult("rain"));

    private static StubHandler Rounds(string protocol, bool stream, int count) => SomeChat.Service(
    [
        .. Enumerable.Range(1, count).Select(i => SomeAnswer.Of(
            protocol, stream, "", ($"call_{i}a", "get_weather", """{"city":"Oslo"}"""), ($"call_{i}b", "get_weather", """{"city":"Bergen"}"""))),
        SomeAnswer.Of(protocol, stream, "Rain in both."),
    ]);

    private static IEnumerable<string> AnsweredIds(string protocol, JsonObject sent) => protocol switch
    {
        SomeChat.Responses => sent["input"]!.AsArray().Select(i => i!["type"]?.ToString() == "function_call_output" ? i["call_id"]!.ToString() : null).OfType<string>(),
        SomeChat.Claude => sent["messages"]!.AsArray().Select(m => m!["content"]).OfType<JsonArray>().SelectMany(b => b).Select(b => b!["tool_use_id"]?.ToString()).OfType<string>(),
        SomeChat.Gemini => sent["contents"]!.AsArray().SelectMany(c => c!["parts"]!.AsArray()).Select(p => p!["functionResponse"]?["id"]?.ToString()).OfType<string>(),
        _ => sent["messages"]!.AsArray().Select(m => m!["tool_call_id"]?.ToString()).OfType<string>(),
    };
}
