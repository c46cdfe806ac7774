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
    public void FromAddress_returns_the_file_of_a_file_address()
    {
        string path = Path.Join(Path.GetTempPath(), "a b.png");
        Assert.Equal(path, MediaSource.FromAddress(new Uri(path).AbsoluteUri)?.Path);
    }

    [Theory]
    [InlineData("https://a.example/1.png, https://a.example/2.png")]
    [InlineData("https://a.example/1.png\nhttps://a.example/2.png")]
    [InlineData("http://a.example/1.png;asset://abc")]
    [InlineData("https://a.example/1.png | data:image/png;base64,AAAA")]
    public void EnsureReadable_throws_for_several_addresses(string text) => Assert.Equal(
        AtlasCloudErrorReason.SeveralAddresses, Assert.Throws<AtlasCloudException>(() => MediaSource.Parse(text).EnsureReadable()).Reason);

    [Theory]
    [InlineData("https://a.example/?next=https://b.example/2.png")]
    [InlineData("https://a.example/w_200,c_fill/https://b.example/2.png")]
    [InlineData("data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>")]
    public void EnsureReadable_accepts_an_address_inside_an_address(string text) => MediaSource.Parse(text).EnsureReadable();

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
