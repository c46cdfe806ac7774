using AtlasCloud.Http;

namespace AtlasCloud.Tests;

public sealed class ModelNamesTests
{
    private static readonly Model[] s_catalog = [.. ((System.Text.Json.JsonElement?)Fixture.Json("models.json").GetProperty("data")).Items().Select(Model.Read).OfType<Model>()];

    [Theory]
    [InlineData("google/nano-banana-2/text-to-image", "google/nano-banana-2/text-to-image")]
    [InlineData("Google/Nano-Banana-2/Text-To-Image", "google/nano-banana-2/text-to-image")]
    [InlineData("google nano banana 2 text to image", "google/nano-banana-2/text-to-image")]
    [InlineData("deepseek-ai/deepseek-v3.1", "deepseek-ai/DeepSeek-V3.1")]
    [InlineData("  z-image/turbo  ", "z-image/turbo")]
    [InlineData("kling-v2.0", "kling-v2.0")]
    public void A_name_finds_its_model(string name, string expected) => Assert.Equal(expected, ModelNames.Resolve(name, s_catalog).Id);

    [Theory]
    [InlineData("google/nano-banana-2")]
    [InlineData("seedance")]
    [InlineData("google/nano-banana-2/text-to-imge")]
    [InlineData("")]
    public void A_name_that_only_comes_near_is_never_taken(string name) =>
        Assert.Equal(AtlasCloudErrorKind.ModelNotFound, Assert.Throws<AtlasCloudException>(() => ModelNames.Resolve(name, s_catalog)).Kind);

    [Theory]
    [InlineData("google/nano-banana-2", "'google/nano-banana-2/edit'")]
    [InlineData("google/nano-banana-2/text-to-imge", "'google/nano-banana-2/text-to-image'")]
    [InlineData("deepseek-ai/deepseek-v3.3", "'deepseek-ai/deepseek-v3.2'")]
    public void The_names_that_come_near_are_told(string name, string expected) =>
        Assert.Contains(expected, Assert.Throws<AtlasCloudException>(() => ModelNames.Resolve(name, s_catalog)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_name_that_could_mean_two_means_none()
    {
        Model[] catalog = [new() { Id = "a/one-1", Type = "Image" }, new() { Id = "a/one.1", Type = "Image" }];

        AtlasCloudException ambiguous = Assert.Throws<AtlasCloudException>(() => ModelNames.Resolve("a one 1", catalog));

        Assert.Equal(AtlasCloudErrorKind.ModelAmbiguous, ambiguous.Kind);
        Assert.Contains("'a/one-1', 'a/one.1'", ambiguous.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_on_show_goes_before_what_is_hidden()
    {
        Model[] catalog = [new() { Id = "a/x-1", Type = "Image", IsHidden = true }, new() { Id = "a/x.1", Type = "Image" }];

        Assert.Equal("a/x.1", ModelNames.Resolve("a x 1", catalog).Id);
    }

    [Fact]
    public void A_name_without_letters_means_nothing() =>
        Assert.Throws<AtlasCloudException>(() => ModelNames.Resolve("///", [new Model { Id = "a/b", DisplayName = "--", Type = "Image" }]));
}
