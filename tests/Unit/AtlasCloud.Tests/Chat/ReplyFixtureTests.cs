namespace AtlasCloud.Tests;

/// <summary>Every recorded answer of the language model endpoints, through the protocol it speaks and through one it does not.</summary>
public sealed class ReplyFixtureTests
{
    private static readonly Dictionary<string, (string Protocol, string Summary)> s_expected = new(StringComparer.Ordinal)
    {
        ["chat-completion-length-empty.json"] = (SomeChat.Completions, "'' length 14 in, 16 out"),
        ["chat-completion-reasoning.json"] = (SomeChat.Completions, "'Paris' (The user wants a one word answer. Paris is the capital of France.) stop 14 in, 22 out"),
        ["chat-completion-tool-calls.json"] = (SomeChat.Completions, """'' call_9d1f=get_weather({"city": "Oslo"}) tool_calls 158 in, 24 out"""),
        ["chat-completion-usage-details.json"] = (SomeChat.Completions, "'OK' stop 1200 in, 64 out"),
        ["chat-completion.json"] = (SomeChat.Completions, "'Hello! How can I help you today?' stop 11 in, 10 out"),
        ["completion.json"] = (SomeChat.Completions, "UnexpectedReply"),
        ["gemini.json"] = (SomeChat.Gemini, "'Hello!' stop 4 in, 2 out"),
        ["images-generations.json"] = (SomeChat.Completions, "UnexpectedReply"),
        ["messages.json"] = (SomeChat.Claude, "'Hello!' stop 12 in, 6 out"),
        ["responses-incomplete.json"] = (SomeChat.Responses, "'' length 11 in, 16 out"),
        ["responses.json"] = (SomeChat.Responses, "'Hello!' stop 11 in, 5 out"),
        ["v1-models-envelope.json"] = (SomeChat.Completions, "UnexpectedReply"),
        ["v1-models-minimal.json"] = (SomeChat.Completions, "UnexpectedReply"),
        ["v1-models.json"] = (SomeChat.Completions, "UnexpectedReply"),
    };

    public static TheoryData<string> Files => Fixture.Files("llm");

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_recorded_response_is_read_or_rejected(string file)
    {
        Assert.True(s_expected.TryGetValue(file, out (string Protocol, string Summary) expected), $"llm/{file} has no expectation.");
        StubHandler service = SomeChat.Service(Fixture.Reply("llm/" + file));

        Assert.Equal(expected.Summary, await CompleteAsync(service, expected.Protocol));
    }

    [Theory]
    [InlineData("chat-completion.json", SomeChat.Claude)]
    [InlineData("messages.json", SomeChat.Completions)]
    [InlineData("responses.json", SomeChat.Gemini)]
    [InlineData("gemini.json", SomeChat.Responses)]
    public async Task Response_of_another_protocol_is_rejected(string file, string protocol)
    {
        StubHandler service = SomeChat.Service(Fixture.Reply("llm/" + file));

        Assert.Equal("UnexpectedReply", await CompleteAsync(service, protocol));
    }

    [Theory]
    [InlineData("messages.json", SomeChat.Claude, "stop_reason", "end_turn")]
    [InlineData("gemini.json", SomeChat.Gemini, "finishReason", "STOP")]
    [InlineData("responses-incomplete.json", SomeChat.Responses, "status", "max_output_tokens")]
    [InlineData("chat-completion.json", SomeChat.Completions, "finish_reason", "stop")]
    public async Task Finish_reason_is_kept_under_the_protocols_name(string file, string protocol, string member, string word)
    {
        ChatReply reply = await SomeChat.AskAsync(SomeChat.Service(Fixture.Reply("llm/" + file)), SomeChat.Request(protocol));

        Assert.Equal(word, reply.AdditionalProperties[member]);
        Assert.Equal(protocol, reply.Protocol);
    }

    [Fact]
    public async Task Cached_and_reasoning_tokens_are_read()
    {
        StubHandler service = SomeChat.Service(Fixture.Reply("llm/chat-completion-usage-details.json"));

        ChatUsage usage = (await Some.Client(service).Chat.CompleteAsync(SomeChat.Request())).Usage!;

        Assert.Equal((1024, 60, 1264), (usage.CachedTokens, usage.ReasoningTokens, usage.TotalTokens));
    }

    [Theory]
    [InlineData("v1-models.json")]
    [InlineData("v1-models-minimal.json")]
    [InlineData("v1-models-envelope.json")]
    public async Task List_of_routed_models_is_read_as_a_catalog(string file)
    {
        StubHandler service = new(Fixture.Reply("llm/" + file));

        IReadOnlyList<Model> models = await Some.Client(service).Models.ListAsync();

        Assert.Contains(models, m => m.Id == "deepseek-ai/deepseek-v3.2");
    }

    private static async Task<string> CompleteAsync(StubHandler service, string protocol)
    {
        try
        {
            return SomeChat.Summary(await SomeChat.AskAsync(service, SomeChat.Request(protocol)));
        }
        catch (AtlasCloudException exception)
        {
            return exception.Kind.ToString();
        }
    }
}
