namespace AtlasCloud.Tests;

public sealed class ModelSchemaTests
{
    private static readonly ModelSchema s_schema = SomeModel.Schema("bytedance-seedance-2.0-text-to-video");

    [Fact]
    public void Get_throws_InputNotFound_with_the_inputs_of_the_model()
    {
        AtlasCloudException error = Assert.Throws<AtlasCloudException>(() => s_schema.Get("colour"));

        Assert.Equal((AtlasCloudErrorKind.InvalidParameter, AtlasCloudErrorReason.InputNotFound, "colour", s_schema.Model), (error.Kind, error.Reason, error.Value, error.Model));
        Assert.Contains("prompt", error.Allowed);
    }

    [Fact]
    public void FindCommon_returns_the_input_that_the_model_declares_for_it()
    {
        Assert.Equal("ratio", s_schema.FindCommon(CommonInput.AspectRatio)?.Name);
        Assert.Null(s_schema.FindCommon(CommonInput.Count));
    }

    [Fact]
    public void FindCommon_prefers_a_list_for_several_media()
    {
        ModelSchema schema = new(
            [new ModelParameter { Name = "image", Type = "string" }, new ModelParameter { Name = "images", Type = "array" }], default, default);

        Assert.Equal("image", schema.FindCommon(CommonInput.Image)?.Name);
        Assert.Equal("images", schema.FindCommon(CommonInput.Image, hasSeveralMedia: true)?.Name);
    }

    [Fact]
    public void FindCommon_does_not_return_a_switch_for_media() =>
        Assert.Null(new ModelSchema([new ModelParameter { Name = "audio", Type = "boolean" }], default, default).FindCommon(CommonInput.Audio));

    [Fact]
    public void ModelSpecificParameters_are_those_that_no_common_input_sets()
    {
        string[] common = [.. Enum.GetValues<CommonInput>().Select(c => s_schema.FindCommon(c)?.Name).OfType<string>()];

        Assert.NotEmpty(s_schema.ModelSpecificParameters);
        Assert.Equal(s_schema.Parameters.Select(p => p.Name).Except(common), s_schema.ModelSpecificParameters.Select(p => p.Name));
    }
}
