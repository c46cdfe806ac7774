using AtlasCloud.Json;
using AtlasCloud.Models;

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
    public void Resolve_returns_the_model_of_a_name(string name, string expected) => Assert.Equal(expected, ModelResolver.Resolve(name, s_catalog).Model.Id);

    [Theory]
    [InlineData("google/nano-banana-2")]
    [InlineData("seedance")]
    [InlineData("google/nano-banana-2/text-to-imge")]
    [InlineData("")]
    public void Resolve_throws_ModelNotFound_for_a_similar_name(string name) =>
        Assert.Equal(AtlasCloudErrorKind.ModelNotFound, Assert.Throws<AtlasCloudException>(() => ModelResolver.Resolve(name, s_catalog)).Kind);

    [Theory]
    [InlineData("google/nano-banana-2", "'google/nano-banana-2/edit'")]
    [InlineData("google/nano-banana-2/text-to-imge", "'google/nano-banana-2/text-to-image'")]
    [InlineData("deepseek-ai/deepseek-v3.3", "'deepseek-ai/deepseek-v3.2'")]
    public void Resolve_names_similar_IDs_in_the_error(string name, string expected) =>
        Assert.Contains(expected, Assert.Throws<AtlasCloudException>(() => ModelResolver.Resolve(name, s_catalog)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("google/nano-banana-2", null, "google/nano-banana-2/edit,google/nano-banana-2/text-to-image,google/nano-banana-2/text-to-image-developer")]
    [InlineData("google/nano-banana-2/text-to-imge", null, "google/nano-banana-2/text-to-image,google/nano-banana-2/text-to-image-developer")]
    [InlineData("bytedance/seedance-3.0/text-to-video", "Video", "bytedance/seedance-2.0/text-to-video,bytedance/seedance-2.5/text-to-video")]
    [InlineData("wan-2.6", "Video", "alibaba/wan-2.6/image-to-video,alibaba/wan-2.6/image-to-video-flash,alibaba/wan-2.6/text-to-video,alibaba/wan-2.6/video-to-video")]
    [InlineData("google/gemini-2.5-flash-image", "Image", "google/gemini-2.5-flash")]
    [InlineData("nothing/like-that-at-all", null, "")]
    public void FindSimilarIds_returns_models_of_the_same_family(string name, string? type, string expected)
    {
        IReadOnlyList<string> similar = ModelResolver.FindSimilarIds(name, s_catalog, type);

        Assert.Equal(expected, string.Join(',', similar.Take(expected.Length == 0 ? 9 : expected.Split(',').Length)));
        Assert.All(similar, id => Assert.StartsWith(expected.Split('/')[0], id, StringComparison.Ordinal));
    }

    [Fact]
    public void FindSimilarIds_prefers_models_of_the_requested_type()
    {
        Model[] catalog = [new() { Id = "a/grok-image", Type = "Image" }, new() { Id = "a/grok-video", Type = "Video" }, new() { Id = "a/grok", Type = "Text" }];

        Assert.Equal(["a/grok-video"], ModelResolver.FindSimilarIds("grok", catalog, "Video"));
        Assert.Equal(3, ModelResolver.FindSimilarIds("grok", catalog, "Audio").Count);
    }

    [Fact]
    public void Resolve_uses_the_type_to_decide_between_equal_display_names()
    {
        Model[] catalog = [new() { Id = "a/one", DisplayName = "Grok", Type = "Image" }, new() { Id = "a/two", DisplayName = "Grok", Type = "Video" }];

        Assert.Equal("a/two", ModelResolver.Resolve("grok", catalog, "Video").Model.Id);
        Assert.Throws<AtlasCloudException>(() => ModelResolver.Resolve("grok", catalog));
    }

    [Fact]
    public void Resolve_throws_ModelAmbiguous_when_two_models_match()
    {
        Model[] catalog = [new() { Id = "a/one-1", Type = "Image" }, new() { Id = "a/one.1", Type = "Image" }];

        AtlasCloudException ambiguous = Assert.Throws<AtlasCloudException>(() => ModelResolver.Resolve("a one 1", catalog));

        Assert.Equal((AtlasCloudErrorKind.ModelAmbiguous, AtlasCloudErrorReason.ModelNameAmbiguous), (ambiguous.Kind, ambiguous.Reason));
        Assert.Equal(["a/one-1", "a/one.1"], ambiguous.Allowed);
        Assert.Contains("'a/one-1', 'a/one.1'", ambiguous.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_prefers_visible_models()
    {
        Model[] catalog = [new() { Id = "a/x-1", Type = "Image", IsHidden = true }, new() { Id = "a/x.1", Type = "Image" }];

        Assert.Equal("a/x.1", ModelResolver.Resolve("a x 1", catalog).Model.Id);
    }

    [Fact]
    public void Resolve_throws_for_a_name_without_letters() =>
        Assert.Throws<AtlasCloudException>(() => ModelResolver.Resolve("///", [new Model { Id = "a/b", DisplayName = "--", Type = "Image" }]));
}
