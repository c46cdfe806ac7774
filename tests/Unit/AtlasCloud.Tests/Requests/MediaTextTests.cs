using System.Collections;
using AtlasCloud.Requests;

namespace AtlasCloud.Tests;

public sealed class MediaTextTests
{
    private const string Model = "black-forest-labs-flux-dev";

    [Theory]
    [InlineData("hills.png", "'image' must be an address (https, data or asset), not 'hills.png'.")]
    [InlineData("ftp://example.com/a.png", "'image' must be an address")]
    [InlineData("file:///tmp/a.png", "'image' must be an address")]
    [InlineData("https://example.com/a.png https://example.com/b.png", "'image' must be one address")]
    public void Text_of_a_media_input_that_is_not_an_address_is_rejected(string text, string expected) =>
        Assert.Contains(expected, SomeModel.Fail(Model, SomeModel.Request(new Hashtable { ["image"] = text })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("https://example.com/a.png")]
    [InlineData("data:image/png;base64,AAAA")]
    [InlineData("asset://abc")]
    public void Address_in_a_media_input_is_sent(string text) =>
        Assert.Contains(text, SomeModel.Compose(Model, SomeModel.Request(new Hashtable { ["image"] = text })), StringComparison.Ordinal);

    [Fact]
    public void Text_of_a_media_input_is_sent_with_SkipValidation() =>
        Assert.Contains("hills.png", SomeModel.Compose(Model, SomeModel.Request(new Hashtable { ["image"] = "hills.png" }) with { SkipValidation = true }), StringComparison.Ordinal);

    [Fact]
    public void Text_in_lists_and_objects_is_checked()
    {
        Assert.Equal(2, MediaText.FindErrors("refers", new object[] { "a.png", new Hashtable { ["url"] = "b.png", ["type"] = "image" } }).Count());
        Assert.Empty(MediaText.FindErrors("refers", new object[] { new Hashtable { ["url"] = "https://example.com/a.png", ["note"] = "b.png" } }));
    }

    [Theory]
    [InlineData("image", true)]
    [InlineData("reference_images", true)]
    [InlineData("style", false)]
    public void Input_of_a_model_without_a_schema_takes_media_if_its_name_is_a_common_one(string name, bool expected) =>
        Assert.Equal(expected, MediaText.IsExpected(name, null));

    [Fact]
    public void Media_in_an_object_are_found_and_replaced()
    {
        MediaSource source = MediaSource.FromAddress("https://example.com/a.png")!;
        object value = new object[] { new Hashtable { ["url"] = source } };
        Assert.Equal([source], MediaValues.FindMedia(value));
        object[] replaced = Assert.IsType<object[]>(MediaValues.ReplaceMedia(value, null, s => s.Value));
        Assert.Equal("https://example.com/a.png", ((IDictionary)replaced[0])["url"]);
    }

    [Theory]
    [InlineData("   ")]
    [InlineData("\t")]
    [InlineData("\u200B")]
    public void Prompt_that_shows_nothing_is_rejected(string prompt)
    {
        Assert.Contains("only white space or invisible characters", SomeModel.Fail(Model, SomeModel.Request() with { Prompt = prompt }).Message, StringComparison.Ordinal);
        Assert.Contains("only white space", SomeModel.Fail(Model, SomeModel.Request(new Hashtable { ["prompt"] = prompt }) with { SkipValidation = true }).Message, StringComparison.Ordinal);
    }
}
