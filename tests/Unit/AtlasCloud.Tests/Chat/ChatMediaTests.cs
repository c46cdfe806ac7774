using System.Text;
using System.Text.Json.Nodes;

namespace AtlasCloud.Tests;

/// <summary>Media that come with a question.</summary>
public sealed class ChatMediaTests : IDisposable
{
    private static readonly byte[] s_wave = [.. "RIFF"u8, 36, 0, 0, 0, .. "WAVEfmt "u8, .. new byte[64]];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(SomeChat.Completions, "$.messages[0].content[1].input_audio")]
    [InlineData(SomeChat.Responses, "$.input[0].content[1].input_audio")]
    public async Task Audio_file_is_sent_as_data_with_its_format(string protocol, string path)
    {
        StubHandler service = Catalog().When("/v1", SomeAnswer.Of(protocol, stream: false, "A tone."));

        await SomeChat.AskAsync(service, Ask(protocol) with { Audios = [MediaSource.FromFile(_folder.Write("tone.wav", s_wave))] });

        JsonNode sent = ChatComposeTests.At(SomeChat.Questions(service).Single().Json, path)!;
        Assert.Equal(("wav", Convert.ToBase64String(s_wave)), (sent["format"]!.ToString(), sent["data"]!.ToString()));
    }

    [Fact]
    public async Task Large_image_is_uploaded_and_a_small_one_is_sent_as_data()
    {
        StubHandler service = Catalog()
            .When("/uploadMedia", StubReply.Json("""{"code":200,"data":{"download_url":"https://storage.atlascloud.ai/up/large.png"}}"""))
            .When("/v1", SomeAnswer.Of(SomeChat.Completions, stream: false, "Two."));
        MediaSource[] pictures = [MediaSource.FromFile(_folder.Write("small.png", Bytes.Png)), MediaSource.FromFile(_folder.Write("large.png", Bytes.LargePng((4 * 1024 * 1024) + 1)))];

        await SomeChat.AskAsync(service, Ask(SomeChat.Completions) with { Images = pictures });

        JsonObject sent = service.SeenAt("/v1/chat/completions").Single().Json;
        Assert.StartsWith("data:image/png;base64,", ChatComposeTests.At(sent, "$.messages[0].content[1].image_url.url")!.ToString(), StringComparison.Ordinal);
        Assert.Equal("https://storage.atlascloud.ai/up/large.png", ChatComposeTests.At(sent, "$.messages[0].content[2].image_url.url")!.ToString());
    }

    [Fact]
    public async Task Video_file_is_sent_as_data()
    {
        StubHandler service = Catalog().When("/v1", SomeAnswer.Of(SomeChat.Gemini, stream: false, "A clip."));
        byte[] content = Bytes.Hex("00 00 00 18 66 74 79 70 6D 70 34 32");

        await SomeChat.AskAsync(service, Ask(SomeChat.Gemini) with { Videos = [MediaSource.FromFile(_folder.Write("clip.mp4", content))] });

        Assert.Equal("video/mp4", ChatComposeTests.At(SomeChat.Questions(service).Single().Json, "$.contents[0].parts[1].inline_data.mime_type")!.ToString());
    }

    [Theory]
    [InlineData("https://example.com/a.mp3", "only as inline data, not as a URL", AtlasCloudErrorReason.ChatAudioByAddress)]
    [InlineData("data:audio/flac;base64,AAAA", "not as audio/flac", AtlasCloudErrorReason.ChatAudioFormatUnsupported)]
    [InlineData("tone.ogg", "not as audio/ogg", AtlasCloudErrorReason.ChatAudioFormatUnsupported)]
    public async Task Unsupported_audio_is_refused_before_anything_is_sent(string source, string words, AtlasCloudErrorReason reason)
    {
        StubHandler service = Catalog().When("/v1", StubReply.Json("{}"));
        MediaSource audio = source.Contains(':', StringComparison.Ordinal) ? MediaSource.Parse(source) : MediaSource.FromFile(_folder.Write(source, Encoding.ASCII.GetBytes("OggS" + new string('x', 64))));

        AtlasCloudException exception = await Assert.ThrowsAsync<AtlasCloudException>(() => SomeChat.AskAsync(service, Ask(SomeChat.Completions) with { Audios = [audio] }));

        Assert.Equal(AtlasCloudErrorKind.InvalidParameter, exception.Kind);
        Assert.Contains(words, exception.Message, StringComparison.Ordinal);
        Assert.Equal(reason, exception.Reason);
        Assert.Empty(SomeChat.Questions(service));
    }

    [Theory]
    [InlineData("text/only", MediaKind.Image, "text/only does not accept image input; it accepts text.", AtlasCloudErrorReason.ChatModalityUnsupported, "text")]
    [InlineData("both/ways", MediaKind.Video, "The protocol claude.messages does not accept video input.", AtlasCloudErrorReason.ChatProtocolWithoutModality, "openai.chat.completions")]
    [InlineData("responses/only", MediaKind.Video, "The protocol openai.responses does not accept video input.", AtlasCloudErrorReason.ChatProtocolWithoutModality, "")]
    public async Task Unsupported_media_are_refused_before_anything_is_sent(string model, MediaKind kind, string words, AtlasCloudErrorReason reason, string allowed)
    {
        StubHandler service = Catalog().When("/v1", StubReply.Json("{}"));
        MediaSource[] source = [MediaSource.Parse("https://example.com/a")];
        ChatRequest request = new() { Model = model, Messages = [SomeChat.User("What is it?")] };

        AtlasCloudException exception = await Assert.ThrowsAsync<AtlasCloudException>(
            () => SomeChat.AskAsync(service, kind == MediaKind.Image ? request with { Images = source } : request with { Videos = source }));

        Assert.Equal(AtlasCloudErrorKind.InvalidParameter, exception.Kind);
        Assert.Contains(words, exception.Message, StringComparison.Ordinal);
        Assert.Equal((reason, allowed), (exception.Reason, string.Join(", ", exception.Allowed)));
        Assert.Empty(SomeChat.Questions(service));
    }

    [Fact]
    public async Task Unsupported_image_of_an_earlier_message_is_refused()
    {
        ChatMessage shown = SomeChat.User("Look") with { Images = ["https://example.com/a.png"] };

        AtlasCloudException exception = await Assert.ThrowsAsync<AtlasCloudException>(() => SomeChat.AskAsync(
            Catalog(), new ChatRequest { Model = "text/only", Messages = [shown, SomeChat.User("And?")] }));

        Assert.Equal(AtlasCloudErrorKind.InvalidParameter, exception.Kind);
    }

    private static StubHandler Catalog() => new StubHandler().When("/api/v1/models", StubReply.Json("""
        {"data":[{"model":"chat/all","type":"Text","supported_protocols":["openai.chat.completions"]},
         {"model":"responses/only","type":"Text","supported_protocols":["openai.responses"]},
         {"model":"gemini/all","type":"Text","supported_protocols":["gemini.generate"]},
         {"model":"text/only","type":"Text","supported_protocols":["openai.chat.completions"],"input_modalities":["text"]},
         {"model":"both/ways","type":"Text","supported_protocols":["claude.messages","openai.chat.completions"],"input_modalities":["text","image","video"]}]}
        """));

    private static ChatRequest Ask(string protocol) => new()
    {
        Model = protocol switch { SomeChat.Responses => "responses/only", SomeChat.Gemini => "gemini/all", _ => "chat/all" },
        Messages = [SomeChat.User("What is it?")],
    };
}
