using System.Net;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Tests.Support;

namespace AtlasCloud.Emulation.Tests;

public sealed class ChatTests : IDisposable
{
    private const string Path = "/v1/chat/completions";
    private const string Tools = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\",\"parameters\":{\"type\":\"object\"," +
        "\"properties\":{\"city\":{\"type\":\"string\"},\"unit\":{\"enum\":[\"celsius\"]}}}}}]";

    private readonly Api _api = new(new EmulatorOptions { ChatDelay = TimeSpan.Zero });

    public void Dispose() => _api.Dispose();

    [Theory]
    [InlineData(Path)]
    [InlineData("/api/v1/chat/completions")]
    public async Task Reply_echoes_the_prompt(string path)
    {
        JsonNode reply = await PostAsync(Some.Chat("Grüße 🌍 雨"), path);

        Assert.Equal("You said: Grüße 🌍 雨", (string)reply["choices"]![0]!["message"]!["content"]!);
        Assert.Equal("stop", (string)reply["choices"]![0]!["finish_reason"]!);
        Assert.Equal((int)reply["usage"]!["prompt_tokens"]! + (int)reply["usage"]!["completion_tokens"]!, (int)reply["usage"]!["total_tokens"]!);
    }

    [Fact]
    public async Task Reply_counts_the_images()
    {
        JsonNode reply = await PostAsync($$$"""
            {"model":"{{{Some.ChatModel}}}","messages":[{"role":"user","content":[{"type":"text","text":"look"},
            {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}},{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]}]}
            """);

        Assert.Equal("You said: look (2 images)", (string)reply["choices"]![0]!["message"]!["content"]!);
    }

    [Fact]
    public async Task Reply_is_truncated_at_the_token_limit()
    {
        JsonNode reply = await PostAsync(Some.Chat("one two three four", ",\"max_tokens\":3"));

        Assert.Equal("You said: one ", (string)reply["choices"]![0]!["message"]!["content"]!);
        Assert.Equal("length", (string)reply["choices"]![0]!["finish_reason"]!);
        Assert.Equal(3, (int)reply["usage"]!["completion_tokens"]!);
    }

    [Fact]
    public async Task Stream_chunks_join_to_the_reply_and_end_with_usage()
    {
        List<JsonNode> chunks = await StreamAsync(Some.Chat("Grüße 🌍 all", ",\"stream\":true,\"stream_options\":{\"include_usage\":true}"));

        Assert.Equal("You said: Grüße 🌍 all", string.Concat(chunks.SkipLast(1).Select(c => (string?)c["choices"]![0]!["delta"]!["content"])));
        Assert.Equal("stop", (string)chunks[^2]["choices"]![0]!["finish_reason"]!);
        Assert.Empty(chunks[^1]["choices"]!.AsArray());
        Assert.Equal(5, (int)chunks[^1]["usage"]!["completion_tokens"]!);
    }

    [Fact]
    public async Task Named_tool_is_called_and_its_result_is_used()
    {
        JsonNode callReply = await PostAsync(Some.Chat("please get_weather", Tools));
        JsonNode call = callReply["choices"]![0]!["message"]!["tool_calls"]![0]!;
        JsonNode resultReply = await PostAsync(
            $$$"""
            {"model":"{{{Some.ChatModel}}}","messages":[{"role":"user","content":"get_weather"},
            {"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{}"}}]},
            {"role":"tool","tool_call_id":"call_1","content":"rain"}]}
            """);

        Assert.Equal("tool_calls", (string)callReply["choices"]![0]!["finish_reason"]!);
        Assert.Equal("get_weather", (string)call["function"]!["name"]!);
        Assert.Equal("celsius", (string)JsonNode.Parse((string)call["function"]!["arguments"]!)!["unit"]!);
        Assert.Equal("Tool results: rain", (string)resultReply["choices"]![0]!["message"]!["content"]!);
    }

    [Fact]
    public async Task Tool_call_arguments_are_streamed_in_chunks()
    {
        List<JsonNode> chunks = await StreamAsync(Some.Chat("get_weather Oslo", Tools + ",\"stream\":true"));

        string arguments = string.Concat(chunks.Select(c => (string?)c["choices"]![0]!["delta"]!["tool_calls"]?[0]!["function"]!["arguments"]));
        Assert.Equal("Oslo", (string)JsonNode.Parse(arguments)!["city"]!);
        Assert.Equal("tool_calls", (string)chunks[^1]["choices"]![0]!["finish_reason"]!);
    }

    [Theory]
    [InlineData("{\"messages\":[]}", 400, "model is required")]
    [InlineData("{\"model\":\"no/such\",\"messages\":[]}", 404, "model not found")]
    [InlineData("{\"model\":\"black-forest-labs/flux-schnell\",\"messages\":[]}", 400, "router not found")]
    [InlineData("{\"model\":\"deepseek-ai/deepseek-v3.2\",\"messages\":[]}", 400, "messages is required")]
    [InlineData("{\"model\":\"deepseek-ai/deepseek-v3.2\",\"logprobs\":true,\"messages\":[]}", 400, "bad request")]
    public async Task Invalid_request_is_rejected(string body, int status, string message)
    {
        using HttpResponseMessage reply = await _api.PostAsync(Path, body);

        Assert.Equal(status, (int)reply.StatusCode);
        Assert.Contains(message, await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(_api.Emulator.Charges);
    }

    [Fact]
    public async Task Request_without_balance_returns_402()
    {
        using Api api = new(new EmulatorOptions { Balance = 0m });

        using HttpResponseMessage reply = await api.PostAsync(Path, Some.Chat("hello"));

        Assert.Equal(HttpStatusCode.PaymentRequired, reply.StatusCode);
    }

    private async Task<JsonNode> PostAsync(string body, string path = Path)
    {
        using HttpResponseMessage reply = await _api.PostAsync(path, body);
        string text = await reply.Content.ReadAsStringAsync();
        Assert.True(reply.StatusCode == HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!;
    }

    private async Task<List<JsonNode>> StreamAsync(string body)
    {
        using HttpResponseMessage reply = await _api.PostAsync(Path, body);
        string[] events = (await reply.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("text/event-stream", reply.Content.Headers.ContentType!.MediaType);
        Assert.Equal("data: [DONE]", events[^1]);
        return [.. events.SkipLast(1).Select(e => JsonNode.Parse(e["data: ".Length..])!)];
    }
}
