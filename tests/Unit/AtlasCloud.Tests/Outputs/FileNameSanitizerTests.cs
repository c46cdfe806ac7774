using System.Text;
using AtlasCloud.Outputs;

namespace AtlasCloud.Tests;

public sealed class FileNameSanitizerTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("../../etc/passwd", "etc-passwd")]
    [InlineData("..\\..\\windows", "windows")]
    [InlineData("/root", "root")]
    [InlineData("C:\\x", "C-x")]
    [InlineData("a:b*c?d\"e<f>g|h", "a-b-c-d-e-f-g-h")]
    [InlineData("a\0b\nc", "a-b-c")]
    [InlineData("gpj\u202E.exe", "gpj-.exe")]
    [InlineData(" .hidden. ", "hidden")]
    [InlineData("--", "output")]
    [InlineData("..", "output")]
    [InlineData("", "output")]
    [InlineData("CON", "_CON")]
    [InlineData("nul.tar", "_nul.tar")]
    [InlineData("Com1 .x", "_Com1 .x")]
    [InlineData("lpt9", "_lpt9")]
    [InlineData("COM\u00B9", "_COM\u00B9")]
    [InlineData("CON\u00A0.x", "_CON .x")]
    [InlineData("zero\u200Bwidth\u2060", "zero-width")]
    [InlineData("tag\U000E0041", "tag")]
    [InlineData("wide\u3000space", "wide space")]
    [InlineData("e\u0301", "\u00E9")]
    [InlineData("name. . .", "name")]
    [InlineData("console", "console")]
    [InlineData("пример-例", "пример-例")]
    public void MakeSafe_returns_a_name_that_is_valid_on_every_operating_system(string text, string expected) => Assert.Equal(expected, FileNameSanitizer.MakeSafe(text));

    [Fact]
    public void MakeSafe_cuts_a_long_name_in_the_middle()
    {
        string name = FileNameSanitizer.MakeSafe($"first-{new string('x', 300)}-last-12");

        Assert.Equal(150, name.Length);
        Assert.Matches("^first-x+~x+-last-12$", name);
    }

    [Fact]
    public void MakeSafe_keeps_both_ends_of_a_text_of_a_megabyte() =>
        Assert.Matches("^7-y+~y+-8$", FileNameSanitizer.MakeSafe($"7-{new string('y', 1 << 20)}-8"));

    [Fact]
    public void MakeSafe_limits_bytes_and_does_not_split_surrogate_pairs()
    {
        string name = FileNameSanitizer.MakeSafe(string.Concat(Enumerable.Repeat("\U0001F600", 100)));

        Assert.InRange(Encoding.UTF8.GetByteCount(name), 140, 150);
        Assert.DoesNotContain('\uFFFD', name);
        Assert.Equal(1, name.Length % 2);
        Assert.Contains("\U0001F600~\U0001F600", name, StringComparison.Ordinal);
    }

    [Fact]
    public void MakeSafe_does_not_separate_a_letter_from_its_accents() =>
        Assert.Equal(
            $"{new string('x', 79)}~{new string('y', 70)}", FileNameSanitizer.MakeSafe(new string('x', 100) + "q\u0323\u0301\u0301" + new string('y', 70)));

    [Fact]
    public void MakeSafe_removes_lone_surrogates() => Assert.DoesNotContain(FileNameSanitizer.MakeSafe("a\ud800b"), char.IsSurrogate);
}
