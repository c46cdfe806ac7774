namespace AtlasCloud.Tests;

public sealed class InputTextTests
{
    [Theory]
    [InlineData("Guidance Scale")]
    [InlineData("guidance_scale")]
    [InlineData("GuidanceScale")]
    [InlineData("GUIDANCE-SCALE")]
    [InlineData(" guidance.scale\u200B")]
    public void NormalizeName_ignores_case_and_separators(string name) => Assert.Equal("GUIDANCESCALE", InputText.NormalizeName(name));

    [Theory]
    [InlineData("1.5", "1.5")]
    [InlineData(" -2 ", "-2")]
    [InlineData("1e3", "1000")]
    [InlineData(".5", "0.5")]
    [InlineData("0.0", "0.0")]
    [InlineData("0e5", "0")]
    public void TryReadNumber_reads_a_number_with_a_decimal_point(string text, string expected)
    {
        Assert.True(InputText.TryReadNumber(text, out decimal number));
        Assert.Equal(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), number);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1,5")]
    [InlineData("1,000")]
    [InlineData("1 000")]
    [InlineData("(5)")]
    [InlineData("$5")]
    [InlineData("5%")]
    [InlineData("0x10")]
    [InlineData("1kb")]
    [InlineData("٣")]
    [InlineData("NaN")]
    [InlineData("1e400")]
    [InlineData("1e-40")]
    public void TryReadNumber_rejects_anything_else(string? text) => Assert.False(InputText.TryReadNumber(text, out _));

    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData(" \t\r\n\u00A0\u3000", true)]
    [InlineData("\u200B\u2060\uFEFF\u00AD\u200F", true)]
    [InlineData("\u2800\u3164", true)]
    [InlineData("\0\u001B", true)]
    [InlineData("\U000E0041", true)]
    [InlineData(".", false)]
    [InlineData("\u200Fא", false)]
    [InlineData("👩‍👧", false)]
    public void IsBlank_is_true_for_text_that_shows_nothing(string? text, bool expected) => Assert.Equal(expected, InputText.IsBlank(text));
}
