using AtlasCloud.Requests;

namespace AtlasCloud.Tests;

public sealed class ModelMediaLimitsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("atlascloud/studio/ugc-ad", ModelKind.Video, "shoe.png", 11, "the documented limit of 10 MB of atlascloud/studio/ugc-ad")]
    [InlineData("atlascloud/studio/ugc-ad", ModelKind.Video, "shoe.png", 10, null)]
    [InlineData("meshy-v7/image-to-3d", ModelKind.ThreeD, "shoe.png", 11, "10 MB")]
    [InlineData("atlascloud/studio/trend-remix", ModelKind.Video, "clip.mp4", 21, "20 MB")]
    [InlineData("atlascloud/studio/food-motion", ModelKind.Video, "clip.mp4", 21, null)]
    [InlineData("google/nano-banana-2/edit", ModelKind.Image, "shoe.png", 11, null)]
    public void Warn_names_a_file_above_the_limit_of_its_model_once(string model, ModelKind kind, string file, int megabytes, string? expected)
    {
        string path = _folder.Write(file, []);
        using (FileStream stream = new(path, FileMode.Open))
        {
            stream.SetLength(megabytes * 1024L * 1024);
        }

        MediaSource source = MediaSource.FromFile(path);
        GenerationRequest request = new() { Model = model, Images = source.Kind == MediaKind.Image ? [source, source] : [], Videos = source.Kind == MediaKind.Video ? [source] : [] };
        List<string> warnings = [];
        using (new AtlasCloudLog((level, text) => warnings.AddRange(level == AtlasCloudLogLevel.Warning ? [text] : Array.Empty<string>())).Listen())
        {
            ModelMediaLimits limits = new();
            limits.Warn(new Model { Id = model, Type = "Image", Kind = kind }, request);
            limits.Warn(new Model { Id = model, Type = "Image", Kind = kind }, request);
        }

        Assert.Equal(expected is null ? 0 : 1, warnings.Count);
        Assert.All(warnings, w => Assert.Contains(expected!, w, StringComparison.Ordinal));
    }
}
