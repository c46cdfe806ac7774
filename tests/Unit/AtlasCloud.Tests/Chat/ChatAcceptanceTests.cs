namespace AtlasCloud.Tests;

/// <summary>A chat reply was charged, so it is returned whatever status or code comes with it, and the request is not sent again.</summary>
public sealed class ChatAcceptanceTests
{
    private const string Body = """{"code":CODE,"id":"1","choices":[{"message":{"content":"Rain."},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":5}}""";

    [Theory]
    [InlineData(429, 429)]
    [InlineData(401, 401)]
    [InlineData(404, 0)]
    [InlineData(201, 201)]
    [InlineData(200, 20000)]
    [InlineData(503, 503)]
    [InlineData(520, 520)]
    public async Task Reply_is_returned_whatever_the_status(int status, int code)
    {
        foreach (bool stream in new[] { false, true })
        {
            StubHandler service = SomeChat.Service(StubReply.Json(Body.Replace("CODE", $"{code}", StringComparison.Ordinal), status), SomeAnswer.Of(SomeChat.Completions, stream, "Second."));
            AtlasCloudClient client = Some.Client(service);

            ChatReply reply = stream ? (await SomeChat.StreamAsync(service))[^1].Reply! : await client.Chat.CompleteAsync(SomeChat.Request());

            Assert.Equal("Rain.", reply.Text);
            Assert.Single(SomeChat.Questions(service));
        }
    }

    [Theory]
    [InlineData("""{"code":429,"msg":"slow down","choices":[]}""")]
    [InlineData("""{"code":429,"msg":"slow down","choices":[{"message":{"content":""}}]}""")]
    [InlineData("""{"error":{"message":"slow down"},"id":"1"}""")]
    public async Task Refusal_with_429_without_a_reply_is_retried(string body)
    {
        StubHandler service = SomeChat.Service(StubReply.Json(body, 429), SomeAnswer.Of(SomeChat.Completions, stream: false, "Second."));

        Assert.Equal("Second.", (await Some.Client(service).Chat.CompleteAsync(SomeChat.Request())).Text);
        Assert.Equal(2, SomeChat.Questions(service).Count);
    }
}
