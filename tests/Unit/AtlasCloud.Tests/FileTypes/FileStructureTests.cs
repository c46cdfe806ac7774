using System.IO.Compression;
using System.Text;
using AtlasCloud.FileTypes;

namespace AtlasCloud.Tests;

public sealed class FileStructureTests
{
    private static readonly Dictionary<string, byte[]> s_files = new(StringComparer.Ordinal)
    {
        ["png"] = Bytes.Png,
        ["jpg"] = Convert.FromHexString("FFD8FFE000104A46494600010100000100010000FFDB0005000102FFC00005080001FFDA00050102FFAB00CDFFD0EFFF0012FFD9"),
        ["gif"] = Convert.FromHexString("474946383961010001008000000000000000002C00000000010001000002024401003B"),
        ["webp"] = [.. "RIFF"u8, 12, 0, 0, 0, .. "WEBPVP8 "u8, 0, 0, 0, 0],
        ["wav"] = [.. "RIFF"u8, 10, 0, 0, 0, .. "WAVEfmt "u8, 1, 2],
        ["aiff"] = [.. "FORM"u8, 0, 0, 0, 8, .. "AIFFCOMM"u8],
        ["glb"] = [.. "glTF"u8, 2, 0, 0, 0, 16, 0, 0, 0, 1, 2, 3, 4],
        ["mp4"] = [.. Box("ftyp", "isom0000isom"), .. Box("moov", "0123"), .. Box("free", ""), .. Box("mdat", "01234567")],
        ["mov"] = [.. Box("ftyp", "qt  0000qt  "), .. Box("mdat", "01234567"), .. Box("moov", "0123")],
        ["avif"] = [.. Box("ftyp", "avif0000avif"), .. Box("meta", "0123"), .. Box("mdat", "01234567")],
        ["zip"] = Zip(),
        ["ogg"] = [.. "OggS\0\u0004"u8, .. new byte[20], 2, 3, 1, 9, 9, 9, 8],
        ["stl"] = [.. new byte[80], 1, 0, 0, 0, .. new byte[50]],
    };

    public static TheoryData<string> Names => [.. s_files.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Complete_file_has_no_damage(string name) => Assert.Null(Examine(name, s_files[name]));

    [Theory]
    [MemberData(nameof(Names))]
    public void File_that_was_cut_anywhere_after_its_signature_is_damaged(string name)
    {
        byte[] whole = s_files[name];

        // The trailer of a GIF file is a single byte, which some encoders omit.
        int last = whole.Length - (name == "gif" ? 2 : 1);
        for (int length = 4; length <= last; length++)
        {
            Assert.Contains("missing", Examine(name, whole[..length]) ?? $"{name} is complete at {length}", StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void File_whose_content_was_replaced_by_zeros_never_hangs_or_throws(string name)
    {
        for (int kept = 0; kept <= s_files[name].Length; kept++)
        {
            Examine(name, [.. s_files[name][..kept], .. new byte[5000]]);
        }
    }

    [Theory]
    [InlineData("png")]
    [InlineData("jpg")]
    [InlineData("gif")]
    [InlineData("webp")]
    [InlineData("wav")]
    [InlineData("mp4")]
    [InlineData("avif")]
    public void Data_after_the_end_is_allowed(string name) => Assert.Null(Examine(name, [.. s_files[name], .. new byte[5000]]));

    [Theory]
    [InlineData("png")]
    [InlineData("jpg")]
    [InlineData("mp4")]
    public void Header_followed_by_zeros_is_damaged(string name) => Assert.NotNull(Examine(name, [.. s_files[name][..20], .. new byte[5000]]));

    [Theory]
    [InlineData(0u)]
    [InlineData(uint.MaxValue)]
    [InlineData(0x7FFF_FFFFu)]
    public void Sound_of_an_encoder_that_did_not_know_the_length_is_complete(uint size) =>
        Assert.Null(Examine("wav", [.. "RIFF"u8, .. BitConverter.GetBytes(size), .. "WAVEfmt "u8]));

    [Fact]
    public void Box_until_the_end_of_the_file_is_complete() =>
        Assert.Null(Examine("mp4", [.. Box("ftyp", "isom0000isom"), .. Box("moov", "0123"), 0, 0, 0, 0, .. "mdat1234"u8]));

    [Fact]
    public void Box_with_a_long_length_is_followed()
    {
        byte[] file = [.. Box("ftyp", "isom0000isom"), .. Box("moov", "0123"), 0, 0, 0, 1, .. "mdat"u8, 0, 0, 0, 0, 0, 0, 0, 20, 1, 2, 3, 4];

        Assert.Null(Examine("mp4", file));
        Assert.NotNull(Examine("mp4", file[..^1]));
    }

    [Theory]
    [InlineData("solid a\n facet normal 0 0 1\n endfacet\nendsolid a\n", true)]
    [InlineData("solid a\n facet normal 0 0 1\n endfa", false)]
    public void Text_of_a_mesh_ends_with_its_last_line(string text, bool isComplete) =>
        Assert.Equal(isComplete, Examine("stl", Encoding.ASCII.GetBytes(text)) is null);

    [Theory]
    [InlineData("png", 12)]
    [InlineData("jpg", 4)]
    [InlineData("mp4", 8)]
    [InlineData("ogg", 27)]
    public async Task File_of_countless_parts_is_examined_in_bounded_time(string name, int length)
    {
        byte[] part = name switch
        {
            "png" => [0, 0, 0, 0, .. "tEXt"u8, 0, 0, 0, 0],
            "jpg" => [0xFF, 0xFE, 0, 2],
            "mp4" => Box("free", ""),
            _ => [.. "OggS"u8, .. new byte[23]],
        };
        Assert.Equal(length, part.Length);
        byte[] start = name switch { "png" => Bytes.Png[..33], "jpg" => [0xFF, 0xD8], _ => [] };
        byte[] file = [.. start, .. Enumerable.Repeat(part, 1_200_000).SelectMany(p => p)];

        string? damage = await Task.Run(() => Examine(name, file)).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.NotNull(damage);
    }

    private static string? Examine(string name, byte[] content)
    {
        using MemoryStream stream = new(content);
        return FileStructure.FindDamage(stream, FileType.ForExtension("." + name));
    }

    private static byte[] Box(string type, string content) =>
        [0, 0, 0, (byte)(8 + content.Length), .. Encoding.ASCII.GetBytes(type), .. Encoding.ASCII.GetBytes(content)];

    private static byte[] Zip()
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = archive.CreateEntry("a.obj").Open();
            entry.Write("v 1 2 3"u8);
        }

        return stream.ToArray();
    }
}
