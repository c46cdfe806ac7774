namespace AtlasCloud.Tests;

/// <summary>Chat has no quote: its cost is counted afterwards, and nothing is asked once nothing is left.</summary>
public sealed class ChatBudgetTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Budget_counts_the_estimate_of_an_answer(bool stream)
    {
        AtlasCloudClient client = Client(SomeChat.Service(SomeAnswer.Of(SomeChat.Claude, stream, "Rain.")), 1m);

        ChatReply reply = await AskAsync(client, SomeChat.Request(SomeChat.Claude), stream);

        Assert.True(reply.EstimatedCost > 0);
        Assert.Equal(reply.EstimatedCost, client.Budget.Spent);
    }

    [Fact]
    public async Task Request_is_not_sent_when_the_budget_is_spent()
    {
        StubHandler service = SomeChat.Service(SomeAnswer.Of(SomeChat.Claude, stream: false, "Rain."));
        AtlasCloudClient client = Client(service, 0.00001m);
        await AskAsync(client, SomeChat.Request(SomeChat.Claude), stream: false);

        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(() => client.Chat.CompleteAsync(SomeChat.Request(SomeChat.Claude)));

        Assert.Equal(AtlasCloudErrorKind.BudgetExceeded, refused.Kind);
        Assert.Contains("was not sent", refused.Message, StringComparison.Ordinal);
        Assert.Single(SomeChat.Questions(service));
    }

    [Fact]
    public async Task Tool_round_beyond_the_budget_throws_with_the_reply_so_far()
    {
        StubHandler service = SomeChat.Service(
            SomeAnswer.Of(SomeChat.Claude, stream: false, "I look.", ("call_1", "get_weather", "{}")), SomeAnswer.Of(SomeChat.Claude, stream: false, "Rain."));
        ChatRequest request = SomeChat.Request(SomeChat.Claude) with { Tools = [ChatComposeTests.Weather], RunTool = (_, _) => Task.FromResult(new ChatToolResult("rain")) };

        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(() => Client(service, 0.00001m).Chat.CompleteAsync(request));

        Assert.Equal(AtlasCloudErrorKind.BudgetExceeded, refused.Kind);
        Assert.Equal("I look.", Assert.IsType<ChatReply>(refused.Target).Text);
        Assert.Single(SomeChat.Questions(service));
    }

    private static AtlasCloudClient Client(StubHandler service, decimal budget) =>
        Some.Client(service, options: new AtlasCloudOptions { ApiKey = Some.Key, Budget = budget });

    private static async Task<ChatReply> AskAsync(AtlasCloudClient client, ChatRequest request, bool stream)
    {
        if (!stream)
        {
            return await client.Chat.CompleteAsync(request);
        }

        ChatReply? reply = null;
        await foreach (ChatChunk chunk in client.Chat.StreamAsync(request))
        {
            reply = chunk.Reply ?? reply;
        }

        return reply!;
    }
}
