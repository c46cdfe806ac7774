using System.Net;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Tests.Support;
using AtlasCloud.Emulation.Tests.Support.Protocols;

namespace AtlasCloud.Emulation.Tests;

public sealed class ProtocolValidationTests : IDisposable
{
    private const string Bare = """{"code":400,"msg":"bad request"}""";

    private readonly Api _api = new();

    public void Dispose() => _api.Dispose();

    [Theory]
    [InlineData("/v1/responses", "deepseek-ai/deepseek-v3.2")]
    [InlineData("/v1/messages", "openai/gpt-5.4-nano")]
    [InlineData("/v1/models/openai/gpt-5.4-nano:generateContent", "openai/gpt-5.4-nano")]
    public async Task Protocol_that_the_model_does_not_support_returns_a_bare_400(string path, string model) =>
        Assert.Equal((400, Bare), await PostAsync(path, $$"""{"model":"{{model}}","max_tokens":9,"input":"a","messages":[],"contents":[]}"""));

    [Theory]
    [InlineData("anthropic/claude-sonnet-5", "\"temperature\":0.5", 400)]
    [InlineData("anthropic/claude-sonnet-5", "\"top_p\":1", 400)]
    [InlineData("anthropic/claude-sonnet-5", "\"top_k\":40", 400)]
    [InlineData("anthropic/claude-sonnet-5", "\"temperature\":1", 200)]
    [InlineData("anthropic/claude-haiku-4.5-20251001", "\"temperature\":0.5", 200)]
    public async Task Claude_5_models_reject_sampling_parameters(string model, string member, int status)
    {
        string messages = $$"""{"model":"{{model}}","max_tokens":9,"messages":[{"role":"user","content":"a"}],{{member}}}""";

        (int Status, string Text) native = await PostAsync("/v1/messages", messages);
        (int Status, string Text) chat = await PostAsync("/v1/chat/completions", messages);

        Assert.Equal((status, status), (native.Status, chat.Status));
        Assert.Equal(status == 400, native.Text == Bare);
    }

    [Fact]
    public async Task Messages_request_without_max_tokens_returns_an_Anthropic_error()
    {
        (int status, string text) = await PostAsync(
            "/v1/messages", """{"model":"anthropic/claude-haiku-4.5-20251001","messages":[{"role":"user","content":"a"}]}""");

        Assert.Equal(400, status);
        Assert.Equal("max_tokens: Field required", (string)JsonNode.Parse(text)!["error"]!["message"]!);
    }

    [Theory]
    [InlineData("/v1/responses", "{\"model\":\"openai/gpt-5.4-nano\"}", "input is required")]
    [InlineData("/v1/completions", "{\"model\":\"deepseek-ai/deepseek-v3.2\"}", "prompt is required")]
    [InlineData("/v1/messages", "{\"model\":\"anthropic/claude-haiku-4.5-20251001\",\"max_tokens\":1}", "messages is required")]
    [InlineData("/v1/messages", "{\"model\":\"anthropic/claude-haiku-4.5-20251001\",\"max_tokens\":1,\"messages\":[{\"role\":\"system\"}]}", "role 'system'")]
    [InlineData("/v1/models/google/gemini-2.5-flash:generateContent", "{}", "contents is required")]
    [InlineData("/v1/models/google/gemini-2.5-flash:generateContent", "{\"contents\":[{\"role\":\"assistant\",\"parts\":[]}]}", "valid role")]
    [InlineData("/v1/models/google/gemini-2.5-flash:generateContent", "[", "Invalid JSON payload")]
    public async Task Missing_member_is_named_in_the_error(string path, string body, string message)
    {
        (int status, string text) = await PostAsync(path, body);

        Assert.Equal(400, status);
        Assert.Contains(message, text, StringComparison.Ordinal);
        Assert.Empty(_api.Emulator.Charges);
    }

    [Theory]
    [InlineData(null, "v1", 200)]
    [InlineData(null, "v1beta", 200)]
    [InlineData("v1", "v1beta", 404)]
    [InlineData("v1beta", "v1", 404)]
    [InlineData("v1beta", "v1beta", 200)]
    public async Task Gemini_version_option_disables_the_other_path(string? only, string version, int status)
    {
        using Api api = new(new EmulatorOptions { GeminiVersion = only });

        using HttpResponseMessage reply = await api.PostAsync(
            $"/{version}/models/google%2Fgemini-2.5-flash:generateContent", ChatClient.All["gemini"].Body("a").ToJsonString());

        Assert.Equal(status, (int)reply.StatusCode);
    }

    [Fact]
    public async Task Rule_matches_the_model_in_a_Gemini_path()
    {
        using Api api = Api.With("""{"rules":[{"model":"google/*","reply":{"status":503}}]}""");

        using HttpResponseMessage reply = await api.PostAsync(
            "/v1/models/google/gemini-2.5-flash:generateContent", ChatClient.All["gemini"].Body("a").ToJsonString());

        Assert.Equal(HttpStatusCode.ServiceUnavailable, reply.StatusCode);
    }

    [Fact]
    public async Task Unknown_Gemini_action_returns_401() =>
        Assert.Equal(401, (await PostAsync("/v1/models/google/gemini-2.5-flash:countTokens", "{}")).Status);

    [Fact]
    public async Task Gemini_stream_is_a_JSON_list_without_alt_sse()
    {
        (int status, string text) = await PostAsync(
            "/v1/models/google/gemini-2.5-flash:streamGenerateContent", ChatClient.All["gemini"].Body("one two").ToJsonString());

        ParsedReply reply = ChatClient.All["gemini"].ReadEvents([.. JsonNode.Parse(text)!.AsArray().Select(e => e!)]);
        Assert.Equal((200, "You said: one two"), (status, reply.Text));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Legacy_completion_returns_text(bool streamed)
    {
        (int status, string text) = await PostAsync("/v1/completions", new JsonObject
        {
            ["model"] = Some.ChatModel,
            ["prompt"] = "Hello",
            ["stream"] = streamed,
            ["max_tokens"] = 2,
        }.ToJsonString());

        List<JsonNode> parts = streamed ? ChatClient.Events(text) : [JsonNode.Parse(text)!];
        Assert.Equal(200, status);
        Assert.Equal("You said: ", string.Concat(parts.Select(p => (string?)p["choices"]![0]!["text"])));
        Assert.Equal("length", (string)parts[^1]["choices"]![0]!["finish_reason"]!);
    }

    private async Task<(int Status, string Text)> PostAsync(string path, string body)
    {
        using HttpResponseMessage reply = await _api.PostAsync(path, body);
        return ((int)reply.StatusCode, await reply.Content.ReadAsStringAsync());
    }
}
