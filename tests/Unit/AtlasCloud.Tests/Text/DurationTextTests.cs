using System.Globalization;
using AtlasCloud.Text;

namespace AtlasCloud.Tests.Text;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData(500, "0.5 s")]
    [InlineData(90_000, "90 s")]
    [InlineData(1_249, "1.2 s")]
    public void Seconds_are_the_same_in_a_culture_with_a_decimal_comma(int milliseconds, string expected)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Assert.Equal(expected, DurationText.InSeconds(TimeSpan.FromMilliseconds(milliseconds)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
