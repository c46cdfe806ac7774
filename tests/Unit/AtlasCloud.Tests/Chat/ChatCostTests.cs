using AtlasCloud.Chat;

namespace AtlasCloud.Tests;

/// <summary>What an answer is estimated to cost.</summary>
public sealed class ChatCostTests
{
    [Theory]
    [InlineData(1_000_000, 1_000_000, null, "0.64")]
    [InlineData(11, 10, null, "0.00000666")]
    [InlineData(1_000_000, 0, 500_000, "0.26")]
    [InlineData(0, 0, null, "0")]
    public void Estimate_multiplies_tokens_by_the_rates(long read, long written, int? cached, string expected) =>
        Assert.Equal(
            decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture),
            ChatCost.Estimate(new ChatUsage { InputTokens = read, OutputTokens = written, CachedTokens = cached }, new ModelPrice { Input = 0.26m, Output = 0.38m }));

    [Fact]
    public void Estimate_of_cached_tokens_uses_their_own_rate() => Assert.Equal(
        (176 * 0.2m + 1024 * 0.02m + 64 * 1.25m) / 1_000_000,
        ChatCost.Estimate(new ChatUsage { InputTokens = 1200, OutputTokens = 64, CachedTokens = 1024 }, new ModelPrice { Input = 0.2m, Output = 1.25m, CachedInput = 0.02m }));

    [Fact]
    public void Estimate_beyond_the_range_of_decimal_is_unknown() => Assert.Null(
        ChatCost.Estimate(new ChatUsage { InputTokens = long.MaxValue, OutputTokens = 1, CachedTokens = -1 }, new ModelPrice { Input = decimal.MaxValue, Output = 1 }));

    [Fact]
    public void Estimate_without_tokens_or_rates_is_unknown_not_zero()
    {
        ModelPrice price = new() { Input = 1, Output = 1 };

        Assert.Null(ChatCost.Estimate(null, price));
        Assert.Null(ChatCost.Estimate(new ChatUsage { InputTokens = 1 }, price));
        Assert.Null(ChatCost.Estimate(new ChatUsage { InputTokens = 1, OutputTokens = 1 }, null));
        Assert.Null(ChatCost.Estimate(new ChatUsage { InputTokens = 1, OutputTokens = 1 }, new ModelPrice { Input = 1 }));
    }

    [Fact]
    public async Task Reply_has_the_estimate_of_all_rounds()
    {
        StubHandler service = SomeChat.Service(
            SomeAnswer.Of(SomeChat.Claude, stream: false, "", ("call_1", "get_weather", "{}")), SomeAnswer.Of(SomeChat.Claude, stream: false, "Rain."));

        ChatReply reply = await SomeChat.AskAsync(
            service, SomeChat.Request(SomeChat.Claude) with { Tools = [ChatComposeTests.Weather], RunTool = (_, _) => Task.FromResult(new ChatToolResult("rain")) });

        Assert.Equal((20 * 1m + 10 * 5m) / 1_000_000, reply.EstimatedCost);
    }

    [Fact]
    public async Task Reply_without_a_token_count_has_no_estimate()
    {
        ChatReply reply = await SomeChat.AskAsync(SomeChat.Service(StubReply.Json("""{"choices":[{"message":{"content":"Hi"},"finish_reason":"stop"}]}""")), SomeChat.Request());

        Assert.Null(reply.Usage);
        Assert.Null(reply.EstimatedCost);
    }

    [Theory]
    [InlineData(0, 0, "Hi", null, null)]
    [InlineData(10, 0, "Hi", 10L, null)]
    [InlineData(0, 5, "Hi", null, 5L)]
    [InlineData(0, 0, "", null, null)]
    public async Task Zero_tokens_of_a_reply_with_text_are_unknown(int read, int written, string text, long? input, long? output)
    {
        ChatReply reply = await SomeChat.AskAsync(SomeChat.Service(StubReply.Json(
            $$"""{"choices":[{"message":{"content":"{{text}}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":{{read}},"completion_tokens":{{written}},"total_tokens":{{read + written}}} }""")), SomeChat.Request());

        Assert.Equal((input, output, (long?)null), (reply.Usage?.InputTokens, reply.Usage?.OutputTokens, reply.Usage?.TotalTokens));
        Assert.Null(reply.EstimatedCost);
    }

    [Fact]
    public async Task Zero_output_tokens_of_an_empty_reply_are_zero()
    {
        ChatReply reply = await SomeChat.AskAsync(SomeChat.Service(StubReply.Json(
            """{"choices":[{"message":{"content":""},"finish_reason":"stop"}],"usage":{"prompt_tokens":10,"completion_tokens":0,"total_tokens":10} }""")), SomeChat.Request());

        Assert.Equal((10L, 0L, 10L), (reply.Usage!.InputTokens, reply.Usage.OutputTokens, reply.Usage.TotalTokens));
        Assert.NotNull(reply.EstimatedCost);
    }

    [Fact]
    public async Task Reply_with_one_uncounted_round_has_no_estimate()
    {
        StubReply uncounted = StubReply.Json(
            """{"choices":[{"message":{"tool_calls":[{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{}"}}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":0,"completion_tokens":0}}""");
        ChatReply reply = await SomeChat.AskAsync(
            SomeChat.Service(uncounted, SomeAnswer.Of(SomeChat.Completions, stream: false, "Rain.")),
            SomeChat.Request() with { Tools = [ChatComposeTests.Weather], RunTool = (_, _) => Task.FromResult(new ChatToolResult("rain")) });

        Assert.Equal("Rain.", reply.Text);
        Assert.Null(reply.EstimatedCost);
    }
}
