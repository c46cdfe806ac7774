using System.Collections;
using System.Text.Json.Nodes;

namespace AtlasCloud.Tests;

public sealed class ChatRequestTests
{
    private static readonly StubReply s_reply = Fixture.Reply("llm/chat-completion.json");

    private static readonly ChatRequest s_seeing = SomeChat.Request() with { Model = "moonshotai/kimi-k2.5" };

    [Fact]
    public async Task Body_has_only_the_properties_that_were_set() =>
        Assert.Equal(["model", "messages", "stream"], (await SendAsync(SomeChat.Request())).Select(m => m.Key));

    [Fact]
    public async Task Body_has_all_properties_under_the_protocols_names()
    {
        JsonObject sent = await SendAsync(SomeChat.Request() with
        {
            Temperature = 0.5,
            TopP = 0.9,
            MaximumTokens = 100,
            Stop = ["end"],
            Seed = 7,
            ReasoningEffort = "low",
            Parameters = new Hashtable { ["top_k"] = 3 },
        });

        Assert.Equal("""{"temperature":0.5,"top_p":0.9,"max_tokens":100,"stop":["end"],"seed":7,"reasoning_effort":"low","top_k":3}""",
            new JsonObject(sent.Where(m => m.Key is not ("model" or "messages" or "stream")).Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone()))).ToJsonString());
    }

    [Fact]
    public async Task Stream_request_includes_usage()
    {
        StubHandler service = SomeChat.Service(Fixture.Reply("sse/chat-text.txt"));

        await SomeChat.StreamAsync(service);

        JsonObject sent = service.SeenAt("/v1/chat/completions")[0].Json;
        Assert.Equal((true, true), (sent["stream"]!.GetValue<bool>(), sent["stream_options"]!["include_usage"]!.GetValue<bool>()));
    }

    [Fact]
    public async Task Small_image_is_sent_as_data()
    {
        using TemporaryFolder folder = new();

        JsonObject sent = await SendAsync(s_seeing with { Images = [MediaSource.FromFile(folder.Write("a.png", Bytes.Png))] });

        string url = sent["messages"]![0]!["content"]![1]!["image_url"]!["url"]!.GetValue<string>();
        Assert.Equal("data:image/png;base64," + Convert.ToBase64String(Bytes.Png), url);
    }

    [Fact]
    public async Task Large_image_is_uploaded()
    {
        using TemporaryFolder folder = new();
        StubHandler service = SomeChat.Service(s_reply).When("uploadMedia", Fixture.Reply("upload/mcp.json"));
        string path = folder.Write("a.png", Bytes.LargePng(5 * 1024 * 1024));

        await Some.Client(service).Chat.CompleteAsync(s_seeing with { Images = [MediaSource.FromFile(path)] });

        Assert.Contains("aliyuncs.com/media/6b0c1c1f.png", service.SeenAt("/v1/chat/completions")[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conversation_of_a_reply_continues_in_the_next_request()
    {
        StubHandler service = SomeChat.Service(Fixture.Reply("llm/chat-completion-tool-calls.json"), s_reply);
        AtlasCloudClient client = Some.Client(service);
        ChatReply first = await client.Chat.CompleteAsync(SomeChat.Request());

        await client.Chat.CompleteAsync(SomeChat.Request() with
        {
            Messages = [.. first.Conversation, new ChatMessage { Role = "tool", ToolCallId = "call_9d1f", Text = "12 degrees" }],
        });

        Assert.Equal(
            """[{"role":"user","content":"Hello"},{"role":"assistant","content":null,"tool_calls":[{"id":"call_9d1f","type":"function","function":{"name":"get_weather","arguments":"{\u0022city\u0022: \u0022Oslo\u0022}"}}]},{"role":"tool","content":"12 degrees","tool_call_id":"call_9d1f"}]""",
            service.SeenAt("/v1/chat/completions")[1].Json["messages"]!.ToJsonString());
    }

    [Fact]
    public async Task Model_that_is_not_a_language_model_is_refused()
    {
        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(() =>
            Some.Client(SomeChat.Service(s_reply)).Chat.CompleteAsync(SomeChat.Request() with { Model = Some.ImageModel }));

        Assert.Equal(AtlasCloudErrorKind.InvalidParameter, refused.Kind);
    }

    [Theory]
    [InlineData(HttpRequestError.ResponseEnded)]
    [InlineData(HttpRequestError.Unknown)]
    public async Task Request_is_not_retried_when_the_connection_drops(HttpRequestError error)
    {
        StubHandler service = SomeChat.Service(StubReply.Fault(error), s_reply);

        AtlasCloudException failed = await Assert.ThrowsAsync<AtlasCloudException>(() => Some.Client(service).Chat.CompleteAsync(SomeChat.Request()));

        Assert.Contains("may have been charged", failed.Message, StringComparison.Ordinal);
        Assert.Single(service.SeenAt("/v1/chat/completions"));
    }

    private static async Task<JsonObject> SendAsync(ChatRequest request)
    {
        StubHandler service = SomeChat.Service(s_reply);
        await Some.Client(service).Chat.CompleteAsync(request);
        return service.SeenAt("/v1/chat/completions")[0].Json;
    }
}
