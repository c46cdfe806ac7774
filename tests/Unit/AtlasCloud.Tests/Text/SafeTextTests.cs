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
    public void Sanitize_masks_keys(string text, string expected) => Assert.Equal(expected, SafeText.Sanitize(text, "very-own-secret"));

    [Theory]
    [InlineData("\u001b[2J\u001b[31mred", "[2J[31mred")]
    [InlineData("a\0b\u0007c", "abc")]
    [InlineData("one\r\n\ttwo", "one two")]
    [InlineData("abc\u202Egpj.exe", "abcgpj.exe")]
    [InlineData("\u009b31m", "31m")]
    [InlineData("\uFEFFtext", "text")]
    public void Sanitize_removes_control_characters(string text, string expected) => Assert.Equal(expected, SafeText.Sanitize(text));

    [Theory]
    [InlineData("one\r\n\ttwo", "one\r\n\ttwo")]
    [InlineData("\u001b[31mred\u009b0m\0\a\u007f", "[31mred0m")]
    [InlineData("abc\u202Egpj\u2066.exe", "abcgpj.exe")]
    [InlineData("\u05D0\u200F!", "\u05D0\u200F!")]
    public void StripControlCharacters_keeps_line_breaks_and_printable_characters(string text, string expected) => Assert.Equal(expected, SafeText.StripControlCharacters(text));

    [Fact]
    public void Sanitize_replaces_media_bytes_with_their_length() =>
        Assert.Equal("data:image/png;base64,(200 characters)", SafeText.Sanitize("data:image/png;base64," + new string('A', 200)));

    [Fact]
    public void Mask_replaces_media_bytes_in_escaped_JSON()
    {
        string payload = string.Concat(Enumerable.Repeat(@"AAAA\u002BBBBB\/CCCC\u002FDDDD", 20)) + @"\u003D";
        string text = "{\"image\":\"data:image\\/svg\\u002Bxml;base64," + payload + "\",\"n\":1}";

        string masked = SafeText.Mask(text);

        Assert.DoesNotContain("BBBB", masked, StringComparison.Ordinal);
        Assert.EndsWith("characters)\",\"n\":1}", masked, StringComparison.Ordinal);
    }

    [Fact]
    public void Sanitize_truncates_long_text() => Assert.Equal(new string('x', 20) + "…", SafeText.Sanitize(new string('x', 10_000_000), length: 20));

    [Fact]
    public void Sanitize_does_not_split_a_surrogate_pair_when_it_truncates() => Assert.Equal("aa\U0001F600…", SafeText.Sanitize("aa\U0001F600\U0001F600\U0001F600", length: 3));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \r\n ")]
    public void Sanitize_returns_an_empty_string_for_blank_text(string? text) => Assert.Equal("", SafeText.Sanitize(text));
}
