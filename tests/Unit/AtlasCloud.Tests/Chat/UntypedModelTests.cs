namespace AtlasCloud.Tests;

/// <summary>Chat with models whose catalog entry has no type.</summary>
public sealed class UntypedModelTests
{
    [Theory]
    [InlineData("""{"model":"new/model"}""", SomeChat.Completions)]
    [InlineData("""{"model":"new/model","type":""}""", SomeChat.Completions)]
    [InlineData("""{"model":"new/model","supported_protocols":["claude.messages"]}""", SomeChat.Claude)]
    public async Task Model_without_a_type_can_be_used(string entry, string protocol)
    {
        ChatReply reply = await AskAsync(entry, protocol);

        Assert.Equal(("Hi.", protocol), (reply.Text, reply.Protocol));
    }

    [Fact]
    public async Task Model_without_a_type_but_with_protocols_has_a_cost()
    {
        ChatReply reply = await AskAsync(
            """{"model":"new/model","supported_protocols":["openai.chat.completions"],"price":{"actual":{"input_price":"1","output_price":"2"}}}""", SomeChat.Completions);

        Assert.Equal((10 * 1m + 5 * 2m) / 1_000_000, reply.EstimatedCost);
    }

    [Theory]
    [InlineData("Image")]
    [InlineData("Embedding")]
    public async Task Model_of_another_type_is_refused(string type)
    {
        AtlasCloudException exception = await Assert.ThrowsAsync<AtlasCloudException>(() => AskAsync($$"""{"model":"new/model","type":"{{type}}"}""", SomeChat.Completions));

        Assert.Equal(AtlasCloudErrorReason.NotALanguageModel, exception.Reason);
    }

    private static Task<ChatReply> AskAsync(string entry, string protocol)
    {
        StubReply answer = SomeAnswer.Of(protocol, stream: false, "Hi.");
        StubHandler service = new StubHandler().When("/api/v1/models", StubReply.Json($$"""{"data":[{{entry}}]}""")).When("/v1/", answer);
        return SomeChat.AskAsync(service, SomeChat.Request() with { Model = "new/model" });
    }
}
