using System.Net;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Tests.Support;

namespace AtlasCloud.Emulation.Tests;

public sealed class ProtocolTests : IDisposable
{
    private const string Pixel = "iVBORw0KGgo=";

    private readonly Api _api = new(new EmulatorOptions { ChatDelay = TimeSpan.Zero });

    public void Dispose() => _api.Dispose();

    [Theory]
    [ClassData(typeof(DialectData))]
    public async Task The_answer_repeats_the_question_with_every_character(string name, bool streamed)
    {
        Dialect dialect = Dialect.All[name];
        const string Question = "\"line\nline 2\", 'ünïcödé 漢字 🎬' \\uD83C und ein sehrlangeswortohneleerzeichen🎬";

        Said said = await dialect.AskAsync(_api, dialect.Body(Question, streamed), streamed);

        Assert.Equal(("You said: " + Question, "", dialect.Stops.Usual), (said.Text, said.Reasoning, said.Stop));
        Assert.True(said.Input > 8 && said.Output > 5, said.ToString());
    }

    [Theory]
    [ClassData(typeof(DialectData))]
    public async Task A_small_limit_cuts_the_answer_or_leaves_nothing(string name, bool streamed)
    {
        Dialect dialect = Dialect.All[name];

        Said cut = await dialect.AskAsync(_api, dialect.Body("one two three", streamed, 3), streamed);
        JsonObject thinking = dialect.Body("one two three", streamed, 3);
        dialect.AskForReasoning(thinking);
        Said empty = await dialect.AskAsync(_api, thinking, streamed);

        Assert.Equal(("You said: one ", dialect.Stops.Length, 3), (cut.Text, cut.Stop, cut.Output));
        Assert.Equal(("", dialect.Stops.Length, 3), (empty.Text, empty.Stop, empty.Output));
        Assert.Equal("The user said ", empty.Reasoning);
    }

    [Theory]
    [ClassData(typeof(DialectData))]
    public async Task Thinking_comes_on_request_and_is_paid(string name, bool streamed)
    {
        Dialect dialect = Dialect.All[name];
        JsonObject body = dialect.Body("hello", streamed);
        dialect.AskForReasoning(body);

        Said said = await dialect.AskAsync(_api, body, streamed);

        Assert.Equal(("The user said something. I say it back.", "You said: hello", 8 + 3), (said.Reasoning, said.Text, said.Output));
    }

    [Theory]
    [ClassData(typeof(DialectData))]
    public async Task Every_answer_is_charged_by_the_rates_of_its_model(string name, bool streamed)
    {
        Dialect dialect = Dialect.All[name];
        JsonNode row = (await _api.ReadAsync("/api/v1/models"))["data"]!.AsArray().Single(m => (string)m!["model"]! == dialect.Model)!;

        Said said = await dialect.AskAsync(_api, dialect.Body("hello", streamed), streamed);

        Charge charge = Assert.Single(_api.Emulator.Charges);
        decimal expected = ((Rate("input_price") * said.Input) + (Rate("output_price") * said.Output)) / 1_000_000m;
        Assert.Equal((dialect.Model, expected, ChargeState.Charged), (charge.Model, charge.Amount, charge.State));
        Assert.Equal(100m - expected, _api.Emulator.Balance);
        Assert.Equal(charge.PredictionId, Assert.Single(_api.Emulator.Ledger, e => e.Method == "POST").PredictionId);

        decimal Rate(string member) => decimal.Parse((string)row["price"]!["actual"]![member]!, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("chat", """[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"data:image/png;base64,PIXEL"}},{"type":"video_url","video_url":{"url":"https://example.com/a.mp4"}},{"type":"input_audio","input_audio":{"data":"PIXEL","format":"wav"}}]""", "a (1 image) (1 video) (1 sound)")]
    [InlineData("responses", """[{"type":"input_text","text":"a"},{"type":"input_image","image_url":"data:image/png;base64,PIXEL"},{"type":"input_audio","input_audio":{"data":"PIXEL","format":"mp3"}}]""", "a (1 image) (1 sound)")]
    [InlineData("messages", """[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"PIXEL"}},{"type":"image","source":{"type":"url","url":"https://example.com/a.png"}},{"type":"text","text":"a"}]""", "a (2 images)")]
    [InlineData("gemini", """[{"text":"a"},{"inlineData":{"mimeType":"image/png","data":"PIXEL"}},{"file_data":{"mime_type":"video/mp4","file_uri":"https://example.com/a.mp4"}},{"inlineData":{"mimeType":"audio/wav","data":"PIXEL"}}]""", "a (1 image) (1 video) (1 sound)")]
    public async Task Media_are_counted(string name, string parts, string expected)
    {
        Dialect dialect = Dialect.All[name];

        Said said = await dialect.AskAsync(_api, With(name, dialect, parts));

        Assert.Equal("You said: " + expected, said.Text);
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
    public async Task A_part_that_is_not_of_the_protocol_is_refused_and_costs_nothing(string name, string parts)
    {
        Dialect dialect = Dialect.All[name];

        using HttpResponseMessage reply = await _api.PostAsync(dialect.Path(false), With(name, dialect, parts).ToJsonString());

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Empty(_api.Emulator.Charges);
    }

    private static JsonObject With(string name, Dialect dialect, string parts)
    {
        JsonObject body = dialect.Body("");
        string list = name switch { "gemini" => "contents", "responses" => "input", _ => "messages" };
        body[list]!.AsArray()[^1]![name == "gemini" ? "parts" : "content"] = JsonNode.Parse(parts.Replace("PIXEL", Pixel, StringComparison.Ordinal));
        return body;
    }
}
