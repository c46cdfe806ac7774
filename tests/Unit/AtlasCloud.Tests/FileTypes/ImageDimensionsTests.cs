using AtlasCloud.FileTypes;

namespace AtlasCloud.Tests.FileTypes;

public sealed class ImageDimensionsTests
{
    [Theory]
    [InlineData(".png", "89504E470D0A1A0A 0000000D 49484452 00000258 00000190 0806000000")]
    [InlineData(".gif", "474946383961 5802 9001 000000")]
    [InlineData(".bmp", "424D 00000000 00000000 36000000 28000000 58020000 70FEFFFF 01001800")]
    [InlineData(".jpg", "FFD8 FFE0 0004 4A46 FFC4 0003 00 FFC2 0011 08 0190 0258 03 012200 021101 031101")]
    [InlineData(".webp", "52494646 1E000000 57454250 56503858 0A000000 00000000 570200 8F0100")]
    [InlineData(".webp", "52494646 1E000000 57454250 5650384C 0A000000 2F 57C26300 00000000")]
    [InlineData(".webp", "52494646 1E000000 57454250 56503820 0A000000 300100 9D012A 5802 9001 0000")]
    [InlineData(".tif", "49492A00 08000000 0200 0001 0300 01000000 58020000 0101 0400 01000000 90010000 00000000")]
    [InlineData(".tif", "4D4D002A 00000008 0002 0100 0003 00000001 0258 0000 0101 0004 00000001 00000190 00000000")]
    [InlineData(".heic", "00000018 66747970 68656963 00000000 00000014 69737065 00000000 00000200 00000100 00000014 69737065 00000000 00000258 00000190")]
    public void Read_returns_the_size_of_each_format(string extension, string header)
    {
        byte[] bytes = Bytes.Hex(header);
        if (extension == ".heic")
        {
            bytes = [.. Convert.FromHexString(header.Replace(" ", "", StringComparison.Ordinal)), .. new byte[16]];
        }

        using MemoryStream file = new(bytes);

        Assert.Equal((600, 400), ImageDimensions.Read(file, FileType.ForExtension(extension)));
    }

    [Theory]
    [InlineData(".png")]
    [InlineData(".jpg")]
    [InlineData(".gif")]
    [InlineData(".bmp")]
    [InlineData(".webp")]
    [InlineData(".tif")]
    [InlineData(".heic")]
    [InlineData(".svg")]
    public void Read_returns_nothing_for_a_damaged_header(string extension)
    {
        using MemoryStream empty = new([1, 2, 3]);
        using MemoryStream zeros = new(new byte[64]);

        Assert.Null(ImageDimensions.Read(empty, FileType.ForExtension(extension)));
        Assert.Null(ImageDimensions.Read(zeros, FileType.ForExtension(extension)));
    }
}
