namespace AtlasCloud.Tests;

public sealed class CommonInputsTests
{
    [Theory]
    [InlineData("prompt", CommonInput.Prompt)]
    [InlineData("text", CommonInput.Prompt)]
    [InlineData("Image", CommonInput.Image)]
    [InlineData("refers", CommonInput.Image)]
    [InlineData("end_image", CommonInput.LastImage)]
    [InlineData("ratio", CommonInput.AspectRatio)]
    [InlineData("max_images", CommonInput.Count)]
    [InlineData("Num Images", CommonInput.Count)]
    [InlineData("ReferenceImages", CommonInput.Image)]
    [InlineData("---", null)]
    [InlineData("camera_fixed", null)]
    public void FromName_returns_the_common_input_of_a_model_input(string name, CommonInput? expected) =>
        Assert.Equal(expected, CommonInputs.FromName(name));

    [Fact]
    public void Each_common_input_has_names_in_the_order_of_the_enum()
    {
        Assert.Equal(Enum.GetValues<CommonInput>(), CommonInputs.All.Select(c => c.Input));
        Assert.All(CommonInputs.All, c => Assert.NotEmpty(c.Names));
    }

    [Fact]
    public void Each_common_input_is_a_property_of_a_request() =>
        Assert.All(Enum.GetNames<CommonInput>(), n => Assert.True(
            typeof(GenerationRequest).GetProperty(n) is not null || typeof(GenerationRequest).GetProperty(n + "s") is not null, n));
}
