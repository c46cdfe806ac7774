using System.Collections;
using AtlasCloud.Chat.Protocols;

namespace AtlasCloud.Tests;

/// <summary>Which protocol a model is reached by, and what is said where it was the wrong one.</summary>
public sealed class ChatProtocolTests
{
    [Theory]
    [InlineData("xai/grok-4.5", null, "/v1/chat/completions")]
    [InlineData("xai/grok-4.5", "openai.responses", "/v1/responses")]
    [InlineData("openai/gpt-5.4-nano", null, "/v1/responses")]
    [InlineData("openai/gpt-5.4-nano", "OpenAI.Chat.Completions", "/v1/chat/completions")]
    [InlineData("anthropic/claude-haiku-4.5-20251001", null, "/v1/messages")]
    [InlineData("google/gemini-2.5-flash", null, "/v1/models/google/gemini-2.5-flash:generateContent")]
    [InlineData("deepseek-v3", null, "/v1/chat/completions")]
    [InlineData("deepseek-v3", "claude.messages", "/v1/messages")]
    public async Task Protocol_comes_from_the_catalog_unless_the_request_names_one(string model, string? protocol, string path)
    {
        StubHandler service = SomeChat.Service(StubReply.Json("{}", 402));

        await Assert.ThrowsAsync<AtlasCloudException>(() => SomeChat.AskAsync(service, Ask(model) with { Protocol = protocol }));

        Assert.Equal(path, SomeChat.Questions(service).Single().Path);
    }

    [Theory]
    [InlineData("claude.messages", "does not support the protocol claude.messages; it supports openai.chat.completions.", AtlasCloudErrorReason.ChatProtocolUnsupported, "openai.chat.completions")]
    [InlineData("smoke.signals", "'smoke.signals' is not a chat protocol", AtlasCloudErrorReason.ChatProtocolUnknown, "openai.chat.completions, openai.responses, claude.messages, gemini.generate")]
    public async Task Wrong_protocol_is_refused_before_anything_is_sent(string protocol, string words, AtlasCloudErrorReason reason, string allowed)
    {
        StubHandler service = SomeChat.Service(StubReply.Json("{}"));

        AtlasCloudException exception = await Assert.ThrowsAsync<AtlasCloudException>(() => SomeChat.AskAsync(service, SomeChat.Request() with { Protocol = protocol }));

        Assert.Equal(AtlasCloudErrorKind.InvalidParameter, exception.Kind);
        Assert.Contains(words, exception.Message, StringComparison.Ordinal);
        Assert.Equal((reason, allowed), (exception.Reason, string.Join(", ", exception.Allowed)));
        Assert.Empty(SomeChat.Questions(service));
    }

    [Theory]
    [InlineData("xai/grok-4.5", false, AtlasCloudErrorReason.ChatRequestRefused, null, "openai.responses", "The request for a reply from")]
    [InlineData("xai/grok-4.5", true, AtlasCloudErrorReason.ChatRequestRefused, "Temperature, TopP, top_k", "openai.responses", "The request for a reply from")]
    [InlineData("anthropic/claude-sonnet-5", true, AtlasCloudErrorReason.ChatSamplingUnsupported, "Temperature, TopP, top_k", "", "models of the Claude 5 family accept no sampling parameters.")]
    [InlineData("some/thinker", true, AtlasCloudErrorReason.ChatSamplingUnsupported, "TopP, top_k", "", "The likely cause is TopP, top_k: some/thinker does not list it as a parameter.")]
    public async Task Bare_400_reports_the_likely_cause(string model, bool withSampling, AtlasCloudErrorReason reason, string? input, string others, string words)
    {
        const string Catalog = """
            {"data":[{"model":"xai/grok-4.5","type":"Text","supported_protocols":["openai.chat.completions","openai.responses"]},
             {"model":"anthropic/claude-sonnet-5","type":"Text","supported_protocols":["claude.messages"]},
             {"model":"some/thinker","type":"Text","supported_sampling_parameters":["temperature","max_tokens"]}]}
            """;
        StubHandler service = new StubHandler().When("/api/v1/models", StubReply.Json(Catalog)).When("/v1", Fixture.Reply("errors/400-bare.json"));
        ChatRequest request = Ask(model);
        request = withSampling ? request with { Temperature = 0.5, TopP = 0.9, Parameters = new Hashtable { ["top_k"] = 5 } } : request;

        AtlasCloudException exception = await Assert.ThrowsAsync<AtlasCloudException>(() => SomeChat.AskAsync(service, request));

        Assert.Equal(AtlasCloudErrorKind.InvalidParameter, exception.Kind);
        Assert.Equal((reason, input, others), (exception.Reason, exception.Input, string.Join(", ", exception.Allowed)));
        Assert.Contains(words, exception.Message, StringComparison.Ordinal);
        Assert.Single(SomeChat.Questions(service));
    }

    [Theory]
    [InlineData("anthropic/claude-sonnet-5", true)]
    [InlineData("anthropic/claude-5-opus", true)]
    [InlineData("anthropic/claude-haiku-4.5-20251001", false)]
    [InlineData("anthropic/claude-3-5-sonnet", false)]
    [InlineData("openai/gpt-5", false)]
    public void IsClaude5_recognizes_only_the_Claude_5_family(string model, bool isFifth) => Assert.Equal(isFifth, ClaudeReasoning.IsClaude5(model));

    [Theory]
    [InlineData(401, false)]
    [InlineData(404, false)]
    [InlineData(404, true)]
    public async Task Gemini_falls_back_to_the_v1beta_path_and_remembers_it(int status, bool stream)
    {
        StubHandler service = Some.Service()
            .When("/v1/models", StubReply.Json("""{"code":404,"msg":"page not found"}""", status))
            .When("/v1beta/models", SomeAnswer.Of(SomeChat.Gemini, stream, "Hi"));
        AtlasCloudClient client = Some.Client(service);

        for (int i = 0; i < 2; i++)
        {
            ChatReply? reply = null;
            await foreach (ChatChunk chunk in stream ? client.Chat.StreamAsync(SomeChat.Request(SomeChat.Gemini)) : Once(client))
            {
                reply = chunk.Reply ?? reply;
            }

            Assert.Equal("Hi", reply!.Text);
        }

        string end = "google/gemini-2.5-flash:" + (stream ? "streamGenerateContent?alt=sse" : "generateContent");
        Assert.Equal([$"/v1/models/{end}", $"/v1beta/models/{end}", $"/v1beta/models/{end}"], SomeChat.Questions(service).Select(q => q.Path));

        static async IAsyncEnumerable<ChatChunk> Once(AtlasCloudClient client)
        {
            yield return new ChatChunk { Reply = await client.Chat.CompleteAsync(SomeChat.Request(SomeChat.Gemini)) };
        }
    }

    [Theory]
    [InlineData(500)]
    [InlineData(400)]
    [InlineData(402)]
    public async Task Gemini_does_not_fall_back_when_the_first_request_may_have_been_accepted(int status)
    {
        StubHandler service = SomeChat.Service(StubReply.Json("{}", status));

        await Assert.ThrowsAsync<AtlasCloudException>(() => SomeChat.AskAsync(service, SomeChat.Request(SomeChat.Gemini)));

        Assert.Single(SomeChat.Questions(service));
    }

    [Fact]
    public async Task Request_is_not_retried_when_the_connection_breaks_after_sending()
    {
        StubHandler service = SomeChat.Service(StubReply.Fault(HttpRequestError.ResponseEnded));

        AtlasCloudException exception = await Assert.ThrowsAsync<AtlasCloudException>(() => SomeChat.AskAsync(service, SomeChat.Request(SomeChat.Gemini)));

        Assert.Contains("may have been charged", exception.Message, StringComparison.Ordinal);
        Assert.Single(SomeChat.Questions(service));
    }

    [Fact]
    public async Task Model_unknown_to_every_path_is_ModelNotFound()
    {
        StubHandler service = SomeChat.Service(StubReply.Json("""{"msg":"not here"}""", 404));

        AtlasCloudException exception = await Assert.ThrowsAsync<AtlasCloudException>(() => SomeChat.AskAsync(service, SomeChat.Request(SomeChat.Gemini)));

        Assert.Equal(AtlasCloudErrorKind.ModelNotFound, exception.Kind);
        Assert.Equal(2, SomeChat.Questions(service).Count);
    }

    [Fact]
    public async Task Stop_sequences_are_refused_when_the_protocol_has_none()
    {
        StubHandler service = SomeChat.Service(StubReply.Json("{}"));

        AtlasCloudException exception = await Assert.ThrowsAsync<AtlasCloudException>(
            () => SomeChat.AskAsync(service, SomeChat.Request(SomeChat.Responses) with { Stop = ["END"] }));

        Assert.Equal((AtlasCloudErrorReason.ChatStopUnsupported, "openai.chat.completions"), (exception.Reason, exception.Allowed.Single()));
        Assert.Empty(SomeChat.Questions(service));
    }

    private static ChatRequest Ask(string model) => new() { Model = model, Messages = [SomeChat.User("Hello")] };
}
