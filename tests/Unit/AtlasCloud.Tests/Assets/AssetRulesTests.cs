namespace AtlasCloud.Tests;

public sealed class AssetRulesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StubHandler _service = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(300, 300)]
    [InlineData(6000, 2400)]
    [InlineData(400, 1000)]
    public void Image_within_the_limits_is_accepted(int width, int height) =>
        Assert.Equal(MediaKind.Image, Check(File("a.png", SomeImage.Png(width, height))));

    [Theory]
    [InlineData(299, 600)]
    [InlineData(6001, 3000)]
    [InlineData(1000, 399)]
    public async Task Image_outside_the_limits_is_refused_before_anything_is_sent(int width, int height)
    {
        MediaSource source = File("a.png", SomeImage.Png(width, height));

        AtlasCloudException exception = await Assert.ThrowsAsync<AtlasCloudException>(() => Client().Assets.RegisterAsync(source));

        Assert.Equal(AtlasCloudErrorReason.AssetDimensionsUnsupported, exception.Reason);
        Assert.Contains($"{width}x{height}", exception.Message, StringComparison.Ordinal);
        Assert.Empty(_service.Seen);
    }

    [Fact]
    public void Image_over_30_MB_is_refused()
    {
        byte[] bytes = new byte[(30 * 1024 * 1024) + 1];
        SomeImage.Png(600, 600).CopyTo(bytes, 0);

        AssertRefused(AtlasCloudErrorReason.AssetTooLarge, File("a.png", bytes));
    }

    [Fact]
    public void Image_in_a_format_of_the_content_is_refused_whatever_its_name() => AssertRefused(
        AtlasCloudErrorReason.AssetFormatUnsupported, File("a.png", Bytes.Hex("00 00 00 1C 66 74 79 70 61 76 69 66")));

    [Fact]
    public void Kind_that_does_not_fit_the_content_is_refused() =>
        AssertRefused(AtlasCloudErrorReason.AssetKindMismatch, File("a.mp4", SomeImage.Png(600, 600)), MediaKind.Video);

    [Fact]
    public void File_of_another_kind_is_refused() => AssertRefused(AtlasCloudErrorReason.AssetKindUnknown, File("a.txt", [.. "text"u8]));

    [Theory]
    [InlineData("data:image/png;base64,iVBORw0KGgo=", AtlasCloudErrorReason.AssetSourceUnsupported)]
    [InlineData("asset://atlas-1", AtlasCloudErrorReason.AssetSourceUnsupported)]
    [InlineData("http://media.example.com/a.png", AtlasCloudErrorReason.AssetAddressNotPublic)]
    [InlineData("https://10.0.0.1/a.png", AtlasCloudErrorReason.AssetAddressNotPublic)]
    [InlineData("https://media.example.com/a", AtlasCloudErrorReason.AssetKindUnknown)]
    [InlineData("https://media.example.com/a.avif", AtlasCloudErrorReason.AssetFormatUnsupported)]
    public void Address_that_the_library_cannot_take_is_refused(string address, AtlasCloudErrorReason reason) => AssertRefused(reason, MediaSource.Parse(address));

    [Fact]
    public void Address_without_an_extension_is_accepted_with_a_kind() =>
        Assert.Equal(MediaKind.Audio, Client().Assets.Check(MediaSource.Parse("https://media.example.com/a?sig=1"), MediaKind.Audio));

    [Fact]
    public void Video_in_another_format_is_accepted_with_a_warning()
    {
        List<string> warnings = [];
        using (new AtlasCloudLog((level, text) => { if (level == AtlasCloudLogLevel.Warning) { warnings.Add(text); } }).Listen())
        {
            Assert.Equal(MediaKind.Video, Check(MediaSource.Parse("https://media.example.com/a.webm")));
        }

        Assert.Contains(".webm", Assert.Single(warnings), StringComparison.Ordinal);
    }

    private void AssertRefused(AtlasCloudErrorReason reason, MediaSource source, MediaKind kind = MediaKind.Unknown)
    {
        AtlasCloudException exception = Assert.Throws<AtlasCloudException>(() => Client().Assets.Check(source, kind));

        Assert.Equal((AtlasCloudErrorKind.InvalidParameter, reason), (exception.Kind, exception.Reason));
        Assert.EndsWith("Nothing was sent.", exception.Message, StringComparison.Ordinal);
    }

    private MediaKind Check(MediaSource source) => Client().Assets.Check(source);

    private AtlasCloudClient Client() => Some.Client(_service);

    private MediaSource File(string name, byte[] content) => MediaSource.FromFile(_folder.Write(name, content));
}
