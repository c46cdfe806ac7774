namespace AtlasCloud.Tests;

public sealed class CommonInputsTests
{
    [Theory]
    [InlineData("prompt", "Prompt")]
    [InlineData("text", "Prompt")]
    [InlineData("Image", "Image")]
    [InlineData("refers", "Image")]
    [InlineData("end_image", "LastImage")]
    [InlineData("ratio", "AspectRatio")]
    [InlineData("max_images", "Count")]
    [InlineData("camera_fixed", null)]
    public void A_member_is_known_by_its_friendly_parameter(string member, string? expected) =>
        Assert.Equal(expected, CommonInputs.NameFor(member));

    [Fact]
    public void Each_friendly_parameter_has_its_members() =>
        Assert.Equal(
            ["Prompt", "NegativePrompt", "Image", "LastImage", "Video", "Audio", "Seed", "AspectRatio", "Resolution", "Size", "Duration", "Count"],
            CommonInputs.All.Where(c => c.Inputs.Length > 0).Select(c => c.Name));
}
