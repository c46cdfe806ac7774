using AtlasCloud.Text;

namespace AtlasCloud.Tests;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("Authorization: Bearer abc.def-123", "Authorization: Bearer ***")]
    [InlineData("bearer   zzz and more", "bearer *** and more")]
    [InlineData("key apikey-3f9a1c7e is bad", "key apikey-*** is bad")]
    [InlineData("APIKEY-3F9A", "apikey-***")]
    [InlineData("the very-own-secret was used", "the *** was used")]
    public void Keys_are_masked(string text, string expected) => Assert.Equal(expected, SafeText.Sanitize(text, "very-own-secret"));

    [Theory]
    [InlineData("\u001b[2J\u001b[31mred", "[2J[31mred")]
    [InlineData("a\0b\u0007c", "abc")]
    [InlineData("one\r\n\ttwo", "one two")]
    [InlineData("abc\u202Egpj.exe", "abcgpj.exe")]
    [InlineData("\u009b31m", "31m")]
    [InlineData("\uFEFFtext", "text")]
    public void What_could_move_a_terminal_is_taken_out(string text, string expected) => Assert.Equal(expected, SafeText.Sanitize(text));

    [Theory]
    [InlineData("one\r\n\ttwo", "one\r\n\ttwo")]
    [InlineData("\u001b[31mred\u009b0m\0\a\u007f", "[31mred0m")]
    [InlineData("abc\u202Egpj\u2066.exe", "abcgpj.exe")]
    [InlineData("\u05D0\u200F!", "\u05D0\u200F!")]
    public void Texts_keep_their_lines_and_all_that_no_terminal_obeys(string text, string expected) => Assert.Equal(expected, SafeText.StripControlCharacters(text));

    [Fact]
    public void Media_bytes_are_shown_by_their_length() =>
        Assert.Equal("data:image/png;base64,(200 characters)", SafeText.Sanitize("data:image/png;base64," + new string('A', 200)));

    [Fact]
    public void A_flood_is_cut() => Assert.Equal(new string('x', 20) + "…", SafeText.Sanitize(new string('x', 10_000_000), length: 20));

    [Fact]
    public void A_cut_does_not_halve_a_character() => Assert.Equal("aa\U0001F600…", SafeText.Sanitize("aa\U0001F600\U0001F600\U0001F600", length: 3));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \r\n ")]
    public void Nothing_is_shown_as_nothing(string? text) => Assert.Equal("", SafeText.Sanitize(text));
}
