using System.Text;
using AtlasCloud.FileTypes;

namespace AtlasCloud.Tests;

public sealed class FileSignatureTests
{
    [Theory]
    [InlineData("89504E470D0A1A0A0000000D49484452", ".png")]
    [InlineData("FFD8FFE000104A46494600", ".jpg")]
    [InlineData("474946383961", ".gif")]
    [InlineData("524946462400000057454250565038", ".webp")]
    [InlineData("5249464624000000574156456D7420", ".wav")]
    [InlineData("5249464624000000415649204C495354", ".avi")]
    [InlineData("49492A0008000000", ".tif")]
    [InlineData("4D4D002A00000008", ".tif")]
    [InlineData("424D460000000000000036000000", ".bmp")]
    [InlineData("000000206674797069736F6D0000020069736F6D", ".mp4")]
    [InlineData("0000001C667479706D703432", ".mp4")]
    [InlineData("0000001466747970717420200000", ".mov")]
    [InlineData("00000020667479704D344120", ".m4a")]
    [InlineData("0000001C6674797061766966", ".avif")]
    [InlineData("0000001C6674797068656963", ".heic")]
    [InlineData("1A45DFA39F4286810142F7810142F2810442F381084282847765626D", ".webm")]
    [InlineData("1A45DFA3A34286810142F7810142F2810442F381084282886D6174726F736B61", ".mkv")]
    [InlineData("494433030000000000", ".mp3")]
    [InlineData("FFFB9064", ".mp3")]
    [InlineData("FFF15080", ".aac")]
    [InlineData("4F67675300020000", ".ogg")]
    [InlineData("664C614300000022", ".flac")]
    [InlineData("676C5446020000001C000000", ".glb")]
    [InlineData("4B61796461726120464258204269", ".fbx")]
    [InlineData("504B0304140000000800", ".zip")]
    [InlineData("504B03040A0000000000000000000000000000000000000000000C00000073636E652E757364", ".usdz")]
    public void Find_detects_a_file_type(string hex, string extension) => Assert.Equal(extension, FileSignature.Find(Bytes.Hex(hex))?.Extension);

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("{\"a\":1}")]
    [InlineData("BM starts this text, which is not a bitmap")]
    [InlineData("RIFF")]
    public void Find_returns_null_for_text(string text) => Assert.Null(FileSignature.Find(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Find_accepts_any_number_of_bytes()
    {
        for (int length = 0; length < 16; length++)
        {
            Assert.Null(Record.Exception(() => FileSignature.Find(Bytes.Hex("1A45DFA3").AsSpan(0, length))));
        }
    }
}
