using AtlasCloud.Storage;

namespace AtlasCloud.Tests;

public sealed class LocalFileTests
{
    [Fact]
    public void A_missing_file_is_told_so()
    {
        using TemporaryFolder folder = new();

        Assert.Contains("does not exist", Fail(Path.Combine(folder.Path, "a.png")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_not_a_file()
    {
        using TemporaryFolder folder = new();

        Assert.Contains("is a directory", Fail(folder.Path).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_is_told_so()
    {
        using TemporaryFolder folder = new();

        Assert.Contains("is empty", Fail(folder.Write("a.png", [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_somebody_else_holds_is_told_so()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("a.png", Bytes.Png);
        using FileStream held = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        Assert.Contains("cannot be read", Fail(path).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_without_its_scheme_gets_a_hint() =>
        Assert.Contains("https://", Fail(Path.GetFullPath("example.com/a.png")).RecommendedAction, StringComparison.Ordinal);

    [Theory]
    [InlineData("https://example.com/a.png", MediaKind.Image, true)]
    [InlineData("HTTP://example.com/v.mp4?x=1", MediaKind.Video, true)]
    [InlineData("data:audio/wav;base64,AAAA", MediaKind.Audio, true)]
    [InlineData("asset://abc", MediaKind.Unknown, true)]
    [InlineData("photo.png", MediaKind.Image, false)]
    [InlineData("C:\\photo.png", MediaKind.Image, false)]
    [InlineData("https:photo.png", MediaKind.Image, false)]
    public void An_address_is_told_from_a_path(string text, MediaKind kind, bool isAddress)
    {
        MediaSource source = MediaSource.Parse(text);

        Assert.Equal((kind, isAddress), (source.Kind, source.Path is null));
    }

    private static AtlasCloudException Fail(string path)
    {
        AtlasCloudException refused = Assert.Throws<AtlasCloudException>(() => LocalFile.Check(path));
        Assert.Equal(AtlasCloudErrorKind.InvalidParameter, refused.Kind);
        return refused;
    }
}
