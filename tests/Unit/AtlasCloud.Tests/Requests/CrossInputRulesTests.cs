using System.Collections;

namespace AtlasCloud.Tests;

public sealed class CrossInputRulesTests
{
    private const string Wan = "alibaba-wan-2.6-text-to-video";
    private const string Seedance = "bytedance-seedance-2.0-reference-to-video";

    [Fact]
    public void Multiple_shots_require_prompt_expansion() =>
        Assert.Contains(
            "'enable_prompt_expansion' must be true when 'shot_type' is multi.",
            SomeModel.Fail(Wan, SomeModel.Request(new Hashtable { ["shot_type"] = "Multi", ["enable_prompt_expansion"] = false })).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("multi", null)]
    [InlineData("multi", true)]
    [InlineData("single", false)]
    public void Shots_that_match_the_prompt_expansion_are_accepted(string shots, bool? expansion) =>
        Assert.Contains(shots, SomeModel.Compose(Wan, SomeModel.Request(new Hashtable { ["shot_type"] = shots, ["enable_prompt_expansion"] = expansion })), StringComparison.Ordinal);

    [Fact]
    public void Reference_audio_requires_an_image_or_video_if_the_model_requires_it()
    {
        GenerationRequest request = SomeModel.Request() with { Audios = SomeModel.Media("s.mp3") };

        Assert.Contains("'reference_audios' requires", SomeModel.Fail(Seedance, request).Message, StringComparison.Ordinal);
        Assert.Contains("s.mp3", SomeModel.Compose(Seedance, request with { Images = SomeModel.Media("a.png") }), StringComparison.Ordinal);
        Assert.Contains("s.mp3", SomeModel.Compose(Seedance, request with { Videos = SomeModel.Media("v.mp4") }), StringComparison.Ordinal);
        Assert.Contains("s.mp3", SomeModel.Compose("bytedance-seedance-2.5-reference-to-video", request), StringComparison.Ordinal);
    }
}
