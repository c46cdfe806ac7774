namespace AtlasCloud.Tests;

/// <summary>Every recorded answer of the language model endpoints, as an answer to a chat completion.</summary>
public sealed class ReplyFixtureTests
{
    private static readonly Dictionary<string, string> s_expected = new(StringComparer.Ordinal)
    {
        ["chat-completion-length-empty.json"] = "'' length 14 in, 16 out",
        ["chat-completion-reasoning.json"] = "'Paris' (The user wants a one word answer. Paris is the capital of France.) stop 14 in, 22 out",
        ["chat-completion-tool-calls.json"] = """'' call_9d1f=get_weather({"city": "Oslo"}) tool_calls 158 in, 24 out""",
        ["chat-completion-usage-details.json"] = "'OK' stop 1200 in, 64 out",
        ["chat-completion.json"] = "'Hello! How can I help you today?' stop 11 in, 10 out",
        ["completion.json"] = "UnexpectedReply",
        ["gemini.json"] = "UnexpectedReply",
        ["images-generations.json"] = "UnexpectedReply",
        ["messages.json"] = "UnexpectedReply",
        ["responses-incomplete.json"] = "UnexpectedReply",
        ["responses.json"] = "UnexpectedReply",
        ["v1-models-envelope.json"] = "UnexpectedReply",
        ["v1-models-minimal.json"] = "UnexpectedReply",
        ["v1-models.json"] = "UnexpectedReply",
    };

    public static TheoryData<string> Files => Fixture.Files("llm");

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_recorded_answer_is_read_or_told_to_be_something_else(string file)
    {
        Assert.True(s_expected.TryGetValue(file, out string? expected), $"llm/{file} has no expectation.");
        StubHandler service = SomeChat.Service(Fixture.Reply("llm/" + file));

        Assert.Equal(expected, await CompleteAsync(service));
    }

    [Fact]
    public async Task Cached_and_reasoning_tokens_are_counted_apart()
    {
        StubHandler service = SomeChat.Service(Fixture.Reply("llm/chat-completion-usage-details.json"));

        ChatUsage usage = (await Some.Client(service).Chat.CompleteAsync(SomeChat.Request())).Usage!;

        Assert.Equal((1024, 60, 1264), (usage.CachedTokens, usage.ReasoningTokens, usage.TotalTokens));
    }

    [Theory]
    [InlineData("v1-models.json")]
    [InlineData("v1-models-minimal.json")]
    [InlineData("v1-models-envelope.json")]
    public async Task A_list_of_routed_models_reads_as_a_catalog(string file)
    {
        StubHandler service = new(Fixture.Reply("llm/" + file));

        IReadOnlyList<Model> models = await Some.Client(service).Models.ListAsync();

        Assert.Contains(models, m => m.Id == "deepseek-ai/deepseek-v3.2");
    }

    private static async Task<string> CompleteAsync(StubHandler service)
    {
        try
        {
            return SomeChat.Summary(await Some.Client(service).Chat.CompleteAsync(SomeChat.Request()));
        }
        catch (AtlasCloudException exception)
        {
            return exception.Kind.ToString();
        }
    }
}
