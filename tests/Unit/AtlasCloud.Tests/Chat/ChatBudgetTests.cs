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

    [Fact]
    public async Task Request_whose_ceiling_exceeds_its_limit_is_not_sent()
    {
        StubHandler service = SomeChat.Service(SomeAnswer.Of(SomeChat.Completions, stream: false, "Rain."));

        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(
            () => Client(service, 1m).Chat.CompleteAsync(SomeChat.Request() with { MaximumTokens = 1000, MaxCost = 0.00001m }));

        Assert.Equal(AtlasCloudErrorReason.MaxCostExceeded, refused.Reason);
        Assert.True(refused.Amount > refused.Limit);
        Assert.Empty(SomeChat.Questions(service));
    }

    [Fact]
    public async Task Limited_request_without_a_limit_on_its_output_is_not_sent()
    {
        StubHandler service = SomeChat.Service(SomeAnswer.Of(SomeChat.Completions, stream: false, "Rain."));

        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(() => Client(service, 1m).Chat.CompleteAsync(SomeChat.Request() with { MaxCost = 1 }));

        Assert.Equal(AtlasCloudErrorReason.PriceUnknown, refused.Reason);
        Assert.Empty(SomeChat.Questions(service));
    }

    [Fact]
    public async Task Ceiling_is_reserved_until_the_answer_arrives_and_replaced_by_its_cost()
    {
        TaskCompletionSource answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        StubHandler service = SomeChat.Service(StubReply.After(answer.Task, SomeAnswer.Of(SomeChat.Completions, stream: false, "Rain.")));
        AtlasCloudClient client = Client(service, 1m);
        ChatRequest request = SomeChat.Request() with { MaximumTokens = 100_000, MaxCost = 1 };

        Task<ChatReply> asking = client.Chat.CompleteAsync(request);
        while (SomeChat.Questions(service).Count == 0)
        {
            await Task.Yield();
        }

        decimal reserved = client.Budget.Reserved!.Value;
        answer.SetResult();
        ChatReply reply = await asking;

        Assert.True(reserved > reply.EstimatedCost);
        Assert.Equal((0m, reply.EstimatedCost), (client.Budget.Reserved, client.Budget.Spent));
    }

    [Fact]
    public async Task Reservation_is_released_when_the_service_refuses_and_kept_when_the_outcome_is_unknown()
    {
        ChatRequest request = SomeChat.Request() with { MaximumTokens = 1000, MaxCost = 1 };
        AtlasCloudClient refused = Client(SomeChat.Service(StubReply.Json("{}", 403)), 1m);
        AtlasCloudClient dropped = Client(SomeChat.Service(StubReply.Fault(HttpRequestError.ResponseEnded)), 1m);

        await Assert.ThrowsAsync<AtlasCloudException>(() => refused.Chat.CompleteAsync(request));
        await Assert.ThrowsAsync<AtlasCloudException>(() => dropped.Chat.CompleteAsync(request));

        Assert.Equal(0, refused.Budget.Reserved);
        Assert.True(dropped.Budget.Reserved > 0);
    }

    [Fact]
    public async Task Client_with_a_budget_of_its_own_does_not_spend_that_of_the_other()
    {
        AtlasCloudClient client = Client(SomeChat.Service(SomeAnswer.Of(SomeChat.Completions, stream: false, "Rain.")), 1m);
        AtlasCloudClient other = client.WithBudget(2m);

        await other.Chat.CompleteAsync(SomeChat.Request());

        Assert.Equal((0m, 2m), (client.Budget.Spent, other.Budget.Limit));
        Assert.True(other.Budget.Spent > 0);
        Assert.True(other.Options.HasApiKey);
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
