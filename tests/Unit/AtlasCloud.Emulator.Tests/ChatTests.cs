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
    public async Task The_answer_repeats_the_question(string path)
    {
        JsonNode reply = await AskAsync(Some.Chat("Grüße 🌍 雨"), path);

        Assert.Equal("You said: Grüße 🌍 雨", (string)reply["choices"]![0]!["message"]!["content"]!);
        Assert.Equal("stop", (string)reply["choices"]![0]!["finish_reason"]!);
        Assert.Equal((int)reply["usage"]!["prompt_tokens"]! + (int)reply["usage"]!["completion_tokens"]!, (int)reply["usage"]!["total_tokens"]!);
    }

    [Fact]
    public async Task Images_are_counted()
    {
        JsonNode reply = await AskAsync($$$"""
            {"model":"{{{Some.ChatModel}}}","messages":[{"role":"user","content":[{"type":"text","text":"look"},
            {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}},{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]}]}
            """);

        Assert.Equal("You said: look (2 images)", (string)reply["choices"]![0]!["message"]!["content"]!);
    }

    [Fact]
    public async Task A_small_limit_cuts_the_answer()
    {
        JsonNode reply = await AskAsync(Some.Chat("one two three four", ",\"max_tokens\":3"));

        Assert.Equal("You said: one ", (string)reply["choices"]![0]!["message"]!["content"]!);
        Assert.Equal("length", (string)reply["choices"]![0]!["finish_reason"]!);
        Assert.Equal(3, (int)reply["usage"]!["completion_tokens"]!);
    }

    [Fact]
    public async Task A_stream_puts_together_to_the_answer_and_ends_with_its_usage()
    {
        List<JsonNode> chunks = await StreamAsync(Some.Chat("Grüße 🌍 all", ",\"stream\":true,\"stream_options\":{\"include_usage\":true}"));

        Assert.Equal("You said: Grüße 🌍 all", string.Concat(chunks.SkipLast(1).Select(c => (string?)c["choices"]![0]!["delta"]!["content"])));
        Assert.Equal("stop", (string)chunks[^2]["choices"]![0]!["finish_reason"]!);
        Assert.Empty(chunks[^1]["choices"]!.AsArray());
        Assert.Equal(5, (int)chunks[^1]["usage"]!["completion_tokens"]!);
    }

    [Fact]
    public async Task A_tool_that_is_named_is_asked_for_and_its_answer_is_used()
    {
        JsonNode asked = await AskAsync(Some.Chat("please get_weather", Tools));
        JsonNode call = asked["choices"]![0]!["message"]!["tool_calls"]![0]!;
        JsonNode told = await AskAsync(
            $$$"""
            {"model":"{{{Some.ChatModel}}}","messages":[{"role":"user","content":"get_weather"},
            {"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{}"}}]},
            {"role":"tool","tool_call_id":"call_1","content":"rain"}]}
            """);

        Assert.Equal("tool_calls", (string)asked["choices"]![0]!["finish_reason"]!);
        Assert.Equal("get_weather", (string)call["function"]!["name"]!);
        Assert.Equal("celsius", (string)JsonNode.Parse((string)call["function"]!["arguments"]!)!["unit"]!);
        Assert.Equal("Tool results: rain", (string)told["choices"]![0]!["message"]!["content"]!);
    }

    [Fact]
    public async Task A_streamed_tool_call_comes_in_pieces()
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
    public async Task A_bad_question_is_refused(string body, int status, string words)
    {
        using HttpResponseMessage reply = await _api.PostAsync(Path, body);

        Assert.Equal(status, (int)reply.StatusCode);
        Assert.Contains(words, await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(_api.Emulator.Charges);
    }

    [Fact]
    public async Task An_empty_account_gets_no_answer()
    {
        using Api api = new(new EmulatorOptions { Balance = 0m });

        using HttpResponseMessage reply = await api.PostAsync(Path, Some.Chat("hello"));

        Assert.Equal(HttpStatusCode.PaymentRequired, reply.StatusCode);
    }

    private async Task<JsonNode> AskAsync(string body, string path = Path)
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
