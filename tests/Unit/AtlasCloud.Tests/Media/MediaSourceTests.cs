namespace AtlasCloud.Tests;

public sealed class MediaSourceTests
{
    [Theory]
    [InlineData("https://example.com/a.png", MediaKind.Image, true)]
    [InlineData("HTTP://example.com/v.mp4?x=1", MediaKind.Video, true)]
    [InlineData("data:audio/wav;base64,AAAA", MediaKind.Audio, true)]
    [InlineData("asset://abc", MediaKind.Unknown, true)]
    [InlineData("photo.png", MediaKind.Image, false)]
    [InlineData("C:\\photo.png", MediaKind.Image, false)]
    [InlineData("https:photo.png", MediaKind.Image, false)]
    public void Parse_distinguishes_addresses_from_paths(string text, MediaKind kind, bool isAddress)
    {
        MediaSource source = MediaSource.Parse(text);

        Assert.Equal((kind, isAddress), (source.Kind, source.Path is null));
    }

    [Fact]
    public void EnsureReadable_accepts_an_address() => MediaSource.Parse("https://example.com/missing.png").EnsureReadable();

    [Fact]
    public void EnsureReadable_throws_for_a_missing_file() =>
        Assert.Equal(
            AtlasCloudErrorReason.FileMissing,
            Assert.Throws<AtlasCloudException>(() => MediaSource.FromFile("missing.png").EnsureReadable()).Reason);

    [Fact]
    public void ToMediaSource_keeps_value_and_kind_of_an_output()
    {
        MediaSource source = new Output { Value = "https://example.com/v", Kind = MediaKind.Video }.ToMediaSource();

        Assert.Equal(("https://example.com/v", MediaKind.Video, null), (source.Value, source.Kind, source.Path));
    }
}
