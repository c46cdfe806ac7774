using AtlasCloud.Json;
using AtlasCloud.Models;
using AtlasCloud.Text;

namespace AtlasCloud.Tests;

public sealed class ModelResolverTests
{
    private static readonly Model[] s_catalog = [.. ((System.Text.Json.JsonElement?)Fixture.Json("models.json").GetProperty("data")).Items().Select(Model.Read).OfType<Model>()];

    [Theory]
    [InlineData("google/nano-banana-2/text-to-image", "google/nano-banana-2/text-to-image")]
    [InlineData("Google/Nano-Banana-2/Text-To-Image", "google/nano-banana-2/text-to-image")]
    [InlineData("google nano banana 2 text to image", "google/nano-banana-2/text-to-image")]
    [InlineData("deepseek-ai/deepseek-v3.1", "deepseek-ai/DeepSeek-V3.1")]
    [InlineData("  z-image/turbo  ", "z-image/turbo")]
    [InlineData("deepseek-v3", "deepseek-v3")]
    [InlineData("alibaba/wan-2.2/t2v-5b-720p", "alibaba/wan-2.2/t2v-5b-720p")]
    public void A_name_finds_its_model(string name, string expected) => Assert.Equal(expected, ModelResolver.Resolve(name, s_catalog).Id);

    [Theory]
    [InlineData("google/nano-banana-2")]
    [InlineData("seedance")]
    [InlineData("google/nano-banana-2/text-to-imge")]
    [InlineData("")]
    public void A_name_that_only_comes_near_is_never_taken(string name) =>
        Assert.Equal(AtlasCloudErrorKind.ModelNotFound, Assert.Throws<AtlasCloudException>(() => ModelResolver.Resolve(name, s_catalog)).Kind);

    [Theory]
    [InlineData("google/nano-banana-2", "'google/nano-banana-2/edit'")]
    [InlineData("google/nano-banana-2/text-to-imge", "'google/nano-banana-2/text-to-image'")]
    [InlineData("deepseek-ai/deepseek-v3.3", "'deepseek-ai/deepseek-v3.2'")]
    public void The_names_that_come_near_are_told(string name, string expected) =>
        Assert.Contains(expected, Assert.Throws<AtlasCloudException>(() => ModelResolver.Resolve(name, s_catalog)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("google/nano-banana-2", null, "google/nano-banana-2/edit,google/nano-banana-2/text-to-image,google/nano-banana-2/text-to-image-developer")]
    [InlineData("google/nano-banana-2/text-to-imge", null, "google/nano-banana-2/text-to-image,google/nano-banana-2/text-to-image-developer")]
    [InlineData("bytedance/seedance-3.0/text-to-video", "Video", "bytedance/seedance-2.0/text-to-video,bytedance/seedance-2.5/text-to-video")]
    [InlineData("wan-2.6", "Video", "alibaba/wan-2.6/image-to-video,alibaba/wan-2.6/image-to-video-flash,alibaba/wan-2.6/text-to-video,alibaba/wan-2.6/video-to-video")]
    [InlineData("google/gemini-2.5-flash-image", "Image", "google/gemini-2.5-flash")]
    [InlineData("nothing/like-that-at-all", null, "")]
    public void What_is_suggested_is_of_the_same_family(string name, string? type, string expected)
    {
        IReadOnlyList<string> near = NameSuggester.Find(name, s_catalog, type);

        Assert.Equal(expected, string.Join(',', near.Take(expected.Length == 0 ? 9 : expected.Split(',').Length)));
        Assert.All(near, id => Assert.StartsWith(expected.Split('/')[0], id, StringComparison.Ordinal));
    }

    [Fact]
    public void What_cannot_be_used_is_not_suggested_where_something_can()
    {
        Model[] catalog = [new() { Id = "a/grok-image", Type = "Image" }, new() { Id = "a/grok-video", Type = "Video" }, new() { Id = "a/grok", Type = "Text" }];

        Assert.Equal(["a/grok-video"], NameSuggester.Find("grok", catalog, "Video"));
        Assert.Equal(3, NameSuggester.Find("grok", catalog, "Audio").Count);
    }

    [Fact]
    public void Between_names_that_are_alike_the_type_decides()
    {
        Model[] catalog = [new() { Id = "a/one", DisplayName = "Grok", Type = "Image" }, new() { Id = "a/two", DisplayName = "Grok", Type = "Video" }];

        Assert.Equal("a/two", ModelResolver.Match("grok", catalog, "Video").Model.Id);
        Assert.Throws<AtlasCloudException>(() => ModelResolver.Match("grok", catalog));
    }

    [Fact]
    public void A_name_that_could_mean_two_means_none()
    {
        Model[] catalog = [new() { Id = "a/one-1", Type = "Image" }, new() { Id = "a/one.1", Type = "Image" }];

        AtlasCloudException ambiguous = Assert.Throws<AtlasCloudException>(() => ModelResolver.Resolve("a one 1", catalog));

        Assert.Equal(AtlasCloudErrorKind.ModelAmbiguous, ambiguous.Kind);
        Assert.Contains("'a/one-1', 'a/one.1'", ambiguous.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_on_show_goes_before_what_is_hidden()
    {
        Model[] catalog = [new() { Id = "a/x-1", Type = "Image", IsHidden = true }, new() { Id = "a/x.1", Type = "Image" }];

        Assert.Equal("a/x.1", ModelResolver.Resolve("a x 1", catalog).Id);
    }

    [Fact]
    public void A_name_without_letters_means_nothing() =>
        Assert.Throws<AtlasCloudException>(() => ModelResolver.Resolve("///", [new Model { Id = "a/b", DisplayName = "--", Type = "Image" }]));
}
