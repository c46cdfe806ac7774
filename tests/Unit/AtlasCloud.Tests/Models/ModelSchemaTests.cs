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
}
