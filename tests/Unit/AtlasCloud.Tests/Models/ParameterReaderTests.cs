using AtlasCloud.Models;

namespace AtlasCloud.Tests;

public sealed class ParameterReaderTests
{
    [Fact]
    public void Read_returns_the_members_of_an_array_of_objects()
    {
        ModelParameter loras = SomeModel.Schema("z-image-turbo-lora").Find("loras")!;

        Assert.Equal(("array", "object", 3L), (loras.Type, loras.ItemType, loras.MaximumCount));
        Assert.Equal(["path", "scale"], loras.Members.Select(m => m.Name));
        Assert.Equal((true, 0m, 4m), (loras.Members[0].IsRequired, loras.Members[1].Minimum, loras.Members[1].Maximum));
    }

    [Fact]
    public void Read_returns_the_rules_for_the_elements_of_an_array()
    {
        ModelParameter read = Read("""{"type":"array","items":{"type":"integer","enum":[1,2],"minimum":1,"maximum":2}}""");

        Assert.Equal([1L, 2L], read.ItemAllowedValues);
        Assert.Equal((1m, 2m), (read.ItemMinimum, read.ItemMaximum));
    }

    [Fact]
    public void Read_returns_the_format() => Assert.Equal("date-time", Read("""{"type":"string","format":"date-time"}""").Format);

    [Theory]
    [InlineData("google-nano-banana-2-edit", "images", "Image")]
    [InlineData("bytedance-seedance-2.0-image-to-video", "last_image", "Image")]
    [InlineData("veed-lipsync", "video_url", "Video")]
    [InlineData("bytedance-seedance-2.0-reference-to-video", "reference_audios", "Audio")]
    [InlineData("minimax-h3-reference-to-video", "refers", "Any")]
    [InlineData("alibaba-wan-3.0-text-to-video", "audio", null)]
    [InlineData("z-image-turbo-lora", "loras", null)]
    [InlineData("google-veo3.1-text-to-video", "prompt", null)]
    public void Read_detects_media_inputs(string model, string name, string? kind) => Assert.Equal(kind, SomeModel.Schema(model).Find(name)!.MediaKind);

    [Theory]
    [InlineData("""{"allOf":[{"$ref":"#/$defs/Q"}],"default":"high"}""")]
    [InlineData("""{"anyOf":[{"$ref":"#/$defs/Q"},{"type":"null"}],"default":"high"}""")]
    [InlineData("""{"$ref":"#/$defs/Q","default":"high"}""")]
    public void Read_unwraps_references_and_choices(string rules)
    {
        ModelParameter read = Read(rules);

        Assert.Equal(("string", "high"), (read.Type, read.Default));
        Assert.Equal(["low", "high"], read.AllowedValues);
    }

    [Fact]
    public void Read_ends_when_members_contain_themselves() =>
        Assert.Equal("next", Read("""{"type":"object","properties":{"next":{"$ref":"#/properties/x"}}}""").Members[0].Members[0].Name);

    private static ModelParameter Read(string rules) =>
        SchemaReader.Read(Some.Json($$"""{"properties":{"x":{{rules}} },"$defs":{"Q":{"type":"string","enum":["low","high"]} } }"""))!.Find("x")!;
}
