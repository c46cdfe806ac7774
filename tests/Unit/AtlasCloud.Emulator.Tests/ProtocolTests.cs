using System.Net;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Tests.Support;
using AtlasCloud.Emulation.Tests.Support.Protocols;

namespace AtlasCloud.Emulation.Tests;

public sealed class ProtocolTests : IDisposable
{
    private const string Pixel = "iVBORw0KGgo=";

    private readonly Api _api = new(new EmulatorOptions { ChatDelay = TimeSpan.Zero });

    public void Dispose() => _api.Dispose();

    [Theory]
    [ClassData(typeof(ChatClientData))]
    public async Task Reply_echoes_every_character_of_the_prompt(string name, bool streamed)
    {
        ChatClient client = ChatClient.All[name];
        const string Question = "\"line\nline 2\", 'ünïcödé 漢字 🎬' \\uD83C und ein sehrlangeswortohneleerzeichen🎬";

        ParsedReply reply = await client.SendAsync(_api, client.Body(Question, streamed), streamed);

        Assert.Equal(("You said: " + Question, "", client.FinishReasons.Usual), (reply.Text, reply.Reasoning, reply.FinishReason));
        Assert.True(reply.InputTokens > 8 && reply.OutputTokens > 5, reply.ToString());
    }

    [Theory]
    [ClassData(typeof(ChatClientData))]
    public async Task Token_limit_truncates_the_reply_and_reasoning_counts_first(string name, bool streamed)
    {
        ChatClient client = ChatClient.All[name];

        ParsedReply cut = await client.SendAsync(_api, client.Body("one two three", streamed, 3), streamed);
        JsonObject thinking = client.Body("one two three", streamed, 3);
        client.RequestReasoning(thinking);
        ParsedReply empty = await client.SendAsync(_api, thinking, streamed);

        Assert.Equal(("You said: one ", client.FinishReasons.Length, 3), (cut.Text, cut.FinishReason, cut.OutputTokens));
        Assert.Equal(("", client.FinishReasons.Length, 3), (empty.Text, empty.FinishReason, empty.OutputTokens));
        Assert.Equal("The user said ", empty.Reasoning);
    }

    [Theory]
    [ClassData(typeof(ChatClientData))]
    public async Task Reasoning_is_returned_on_request_and_counted(string name, bool streamed)
    {
        ChatClient client = ChatClient.All[name];
        JsonObject body = client.Body("hello", streamed);
        client.RequestReasoning(body);

        ParsedReply reply = await client.SendAsync(_api, body, streamed);

        Assert.Equal(("The user said something. I say it back.", "You said: hello", 8 + 3), (reply.Reasoning, reply.Text, reply.OutputTokens));
    }

    [Theory]
    [ClassData(typeof(ChatClientData))]
    public async Task Reply_is_charged_at_the_prices_of_its_model(string name, bool streamed)
    {
        ChatClient client = ChatClient.All[name];
        JsonNode row = (await _api.ReadAsync("/api/v1/models"))["data"]!.AsArray().Single(m => (string)m!["model"]! == client.Model)!;

        ParsedReply reply = await client.SendAsync(_api, client.Body("hello", streamed), streamed);

        Charge charge = Assert.Single(_api.Emulator.Charges);
        decimal expected = ((Rate("input_price") * reply.InputTokens) + (Rate("output_price") * reply.OutputTokens)) / 1_000_000m;
        Assert.Equal((client.Model, expected, ChargeState.Charged), (charge.Model, charge.Amount, charge.State));
        Assert.Equal(100m - expected, _api.Emulator.Balance);
        Assert.Equal(charge.PredictionId, Assert.Single(_api.Emulator.Ledger, e => e.Method == "POST").PredictionId);

        decimal Rate(string member) => decimal.Parse((string)row["price"]!["actual"]![member]!, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("chat", """[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"data:image/png;base64,PIXEL"}},{"type":"video_url","video_url":{"url":"https://example.com/a.mp4"}},{"type":"input_audio","input_audio":{"data":"PIXEL","format":"wav"}}]""", "a (1 image) (1 video) (1 sound)")]
    [InlineData("responses", """[{"type":"input_text","text":"a"},{"type":"input_image","image_url":"data:image/png;base64,PIXEL"},{"type":"input_audio","input_audio":{"data":"PIXEL","format":"mp3"}}]""", "a (1 image) (1 sound)")]
    [InlineData("messages", """[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"PIXEL"}},{"type":"image","source":{"type":"url","url":"https://example.com/a.png"}},{"type":"text","text":"a"}]""", "a (2 images)")]
    [InlineData("gemini", """[{"text":"a"},{"inlineData":{"mimeType":"image/png","data":"PIXEL"}},{"file_data":{"mime_type":"video/mp4","file_uri":"https://example.com/a.mp4"}},{"inlineData":{"mimeType":"audio/wav","data":"PIXEL"}}]""", "a (1 image) (1 video) (1 sound)")]
    public async Task Reply_counts_the_media(string name, string parts, string expected)
    {
        ChatClient client = ChatClient.All[name];

        ParsedReply reply = await client.SendAsync(_api, With(name, client, parts));

        Assert.Equal("You said: " + expected, reply.Text);
    }

    [Theory]
    [InlineData("chat", """[{"type":"input_image","image_url":"https://example.com/a.png"}]""")]
    [InlineData("chat", """[{"type":"image_url","image_url":{"url":"c:/a.png"}}]""")]
    [InlineData("chat", """[{"type":"input_audio","input_audio":{"data":"data:audio/wav;base64,PIXEL","format":"wav"}}]""")]
    [InlineData("responses", """[{"type":"text","text":"a"}]""")]
    [InlineData("responses", """[{"type":"input_image","image_url":{"url":"https://example.com/a.png"}}]""")]
    [InlineData("messages", """[{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]""")]
    [InlineData("messages", """[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"data:image/png;base64,PIXEL"}}]""")]
    [InlineData("gemini", """[{"type":"text"}]""")]
    [InlineData("gemini", """[{"inlineData":{"mimeType":"application/zip","data":"PIXEL"}}]""")]
    public async Task Unsupported_content_part_is_rejected_and_not_charged(string name, string parts)
    {
        ChatClient client = ChatClient.All[name];

        using HttpResponseMessage reply = await _api.PostAsync(client.Path(false), With(name, client, parts).ToJsonString());

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Empty(_api.Emulator.Charges);
    }

    private static JsonObject With(string name, ChatClient client, string parts)
    {
        JsonObject body = client.Body("");
        string list = name switch { "gemini" => "contents", "responses" => "input", _ => "messages" };
        body[list]!.AsArray()[^1]![name == "gemini" ? "parts" : "content"] = JsonNode.Parse(parts.Replace("PIXEL", Pixel, StringComparison.Ordinal));
        return body;
    }
}
