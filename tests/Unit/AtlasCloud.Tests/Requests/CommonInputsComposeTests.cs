using AtlasCloud.Requests;

namespace AtlasCloud.Tests;

/// <summary>Common inputs are mapped to the inputs that the model's schema declares.</summary>
public sealed class CommonInputsComposeTests
{
    [Theory]
    [InlineData("alibaba-wan-2.6-image-to-video", """{"image":"https://example.com/a.png"}""")]
    [InlineData("xai-grok-imagine-video-image-to-video", """{"image_url":"https://example.com/a.png"}""")]
    [InlineData("google-nano-banana-2-edit", """{"images":["https://example.com/a.png"]}""")]
    [InlineData("bytedance-seedance-2.0-reference-to-video", """{"reference_images":["https://example.com/a.png"]}""")]
    [InlineData("minimax-h3-reference-to-video", """{"refers":[{"url":"https://example.com/a.png","type":"image"}],"resolution":"2K","duration":8}""")]
    [InlineData(null, """{"image":"https://example.com/a.png"}""")]
    public void Compose_maps_an_image_to_the_models_input(string? model, string expected) =>
        Assert.Equal(expected, SomeModel.Compose(model, SomeModel.Request() with { Images = SomeModel.Media("a.png") }));

    [Theory]
    [InlineData("google-nano-banana-2-edit", """{"images":["https://example.com/a.png","https://example.com/b.png"]}""")]
    [InlineData("openai-gpt-image-2-edit", """{"images":["https://example.com/a.png","https://example.com/b.png"]}""")]
    [InlineData("bytedance-seedance-2.5-reference-to-video", """{"reference_images":["https://example.com/a.png","https://example.com/b.png"]}""")]
    public void Compose_maps_several_images_to_the_models_list(string model, string expected) =>
        Assert.Equal(expected, SomeModel.Compose(model, SomeModel.Request() with { Images = SomeModel.Media("a.png", "b.png") }));

    [Theory]
    [InlineData("bytedance-seedance-2.0-image-to-video", "last_image")]
    [InlineData("google-veo3.1-image-to-video", "last_image")]
    [InlineData("kwaivgi-kling-v2.0-i2v-master", "end_image")]
    public void Compose_maps_the_last_image_to_the_models_input(string model, string name) =>
        Assert.Equal($$"""{"image":"https://example.com/a.png","{{name}}":"https://example.com/z.png"}""",
            SomeModel.Compose(model, SomeModel.Request() with { Images = SomeModel.Media("a.png"), LastImage = SomeModel.Medium("z.png") }));

    [Fact]
    public void Compose_maps_a_video_to_the_models_list() =>
        Assert.Equal("""{"videos":["https://example.com/v.mp4"]}""",
            SomeModel.Compose("alibaba-wan-2.6-video-to-video", SomeModel.Request() with { Videos = SomeModel.Media("v.mp4") }));

    [Fact]
    public void Compose_maps_video_and_audio_to_address_inputs() =>
        Assert.Equal("""{"video_url":"https://example.com/v.mp4","audio_url":"https://example.com/s.mp3"}""",
            SomeModel.Compose("veed-lipsync", SomeModel.Request() with { Prompt = null, Videos = SomeModel.Media("v.mp4"), Audios = SomeModel.Media("s.mp3") }));

    [Fact]
    public void Compose_maps_all_media_to_one_list_of_typed_references() =>
        Assert.Equal(
            """{"refers":[{"url":"https://example.com/a.png","type":"image"},{"url":"https://example.com/v.mp4","type":"video"},{"url":"https://example.com/s.mp3","type":"audio"}],"resolution":"2K","duration":8}""",
            SomeModel.Compose("minimax-h3-reference-to-video", SomeModel.Request() with
            {
                Images = SomeModel.Media("a.png"),
                Videos = SomeModel.Media("v.mp4"),
                Audios = SomeModel.Media("s.mp3"),
            }));

    [Theory]
    [InlineData("alibaba-wan-2.6-text-to-video", """{"audio":"https://example.com/s.mp3"}""")]
    [InlineData("bytedance-seedance-2.5-reference-to-video", """{"reference_audios":["https://example.com/s.mp3"]}""")]
    [InlineData("bytedance-seed-audio-1.0", """{"references":["https://example.com/s.mp3"]}""")]
    public void Compose_maps_audio_to_the_models_input(string model, string expected) =>
        Assert.Equal(expected, SomeModel.Compose(model, SomeModel.Request() with { Audios = SomeModel.Media("s.mp3") }));

    [Fact]
    public void Compose_rejects_audio_if_the_models_audio_input_is_a_switch() =>
        Assert.Contains("no input for audio", SomeModel.Fail("alibaba-wan-3.0-text-to-video", SomeModel.Request() with { Audios = SomeModel.Media("s.mp3") }).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("google-veo3.1-text-to-video", "aspect_ratio")]
    [InlineData("bytedance-seedance-2.5-text-to-video", "ratio")]
    [InlineData(null, "aspect_ratio")]
    public void Compose_maps_the_aspect_ratio_to_the_models_input(string? model, string name) =>
        Assert.Equal($$"""{"{{name}}":"16:9"}""", SomeModel.Compose(model, SomeModel.Request() with { AspectRatio = "16:9" }));

    [Theory]
    [InlineData("openai-gpt-image-2-text-to-image", "1024*1536", """{"size":"1024x1536"}""")]
    [InlineData("openai-gpt-image-2-text-to-image", "1024x1536", """{"size":"1024x1536"}""")]
    [InlineData("alibaba-wan-2.6-text-to-video", "1920x1080", """{"size":"1920*1080"}""")]
    [InlineData("z-image-turbo", "512 X 512", """{"size":"512*512"}""")]
    [InlineData("bytedance-seedance-v1.5-pro-t2v-720p", "1280x720", """{"width":1280,"height":720}""")]
    [InlineData("bytedance-seedream-v5.0-lite", "2K", """{"size":"2K"}""")]
    [InlineData(null, "640x480", """{"size":"640*480"}""")]
    public void Compose_sends_the_size_in_the_models_format(string? model, string size, string expected) =>
        Assert.Equal(expected, SomeModel.Compose(model, SomeModel.Request() with { Size = size }));

    [Theory]
    [InlineData("google-veo3.1-text-to-video", "8", """{"duration":8}""")]
    [InlineData("kwaivgi-kling-v2.0-t2v-master", "5", """{"duration":"5"}""")]
    [InlineData("kwaivgi-kling-v2.0-t2v-master", "10.0", """{"duration":"10"}""")]
    [InlineData("alibaba-wan-3.0-text-to-video", "5", """{"duration":5}""")]
    [InlineData(null, "5", """{"duration":5}""")]
    public void Compose_sends_the_duration_in_the_models_type(string? model, string seconds, string expected) =>
        Assert.Equal(expected, SomeModel.Compose(model, SomeModel.Request() with { Duration = decimal.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture) }));

    [Theory]
    [InlineData("alibaba-wan-3.0-prime-text-to-video", "1080p", "1080P")]
    [InlineData("alibaba-wan-3.0-text-to-video", "1080P", "1080p")]
    [InlineData("bytedance-seedance-2.0-text-to-video", "720p-sr", "720p-SR")]
    public void Compose_sends_the_resolution_in_the_models_spelling(string model, string given, string expected) =>
        Assert.Equal($$"""{"resolution":"{{expected}}"}""", SomeModel.Compose(model, SomeModel.Request() with { Resolution = given }));

    [Fact]
    public void Compose_maps_the_count_to_the_models_input() =>
        Assert.Equal("""{"num_images":3}""", SomeModel.Compose("black-forest-labs-flux-dev", SomeModel.Request() with { Count = 3 }));

    [Fact]
    public void Compose_maps_the_seed_to_the_main_seed_of_a_model_with_several() =>
        Assert.Equal("""{"model_seed":7}""", SomeModel.Compose("tripo-h3.1-text-to-3d", SomeModel.Request() with { Seed = 7 }));

    [Fact]
    public void Compose_maps_the_prompt_to_the_text_to_speak() =>
        Assert.Equal("hello", RequestComposer.Compose(SomeModel.Request() with { Prompt = "hello", SkipValidation = true }, null, SomeModel.Schema("xai-tts-v1")).Body["text"]!.GetValue<string>());
}
