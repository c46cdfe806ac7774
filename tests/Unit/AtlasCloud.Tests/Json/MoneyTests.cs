using System.Globalization;
using AtlasCloud.Json;

namespace AtlasCloud.Tests;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("\"0.0612\"", "0.0612")]
    [InlineData("1e3", "1000")]
    [InlineData("1000000", "1000000")]
    [InlineData("1000000.01", null)]
    [InlineData("-0.000001", null)]
    [InlineData("-12000", null)]
    [InlineData("\"-12000\"", null)]
    [InlineData("79228162514264337593543950335", null)]
    [InlineData("1e300", null)]
    [InlineData("\"NaN\"", null)]
    [InlineData("\"Infinity\"", null)]
    [InlineData("\"free\"", null)]
    [InlineData("true", null)]
    [InlineData("{}", null)]
    public void Price_is_a_number_between_zero_and_the_limit(string json, string? expected) =>
        Assert.Equal(expected is null ? null : decimal.Parse(expected, CultureInfo.InvariantCulture), Money.ReadPrice(Some.Json(json)));

    [Theory]
    [InlineData("-250.5", "-250.5")]
    [InlineData("1000000000000", "1000000000000")]
    [InlineData("-1000000000001", null)]
    [InlineData("79228162514264337593543950335", null)]
    public void Amount_can_be_negative_within_the_limits(string json, string? expected) =>
        Assert.Equal(expected is null ? null : decimal.Parse(expected, CultureInfo.InvariantCulture), Money.ReadAmount(Some.Json(json)));

    [Fact]
    public void Sums_stop_at_the_largest_and_smallest_decimal()
    {
        Assert.Equal(decimal.MaxValue, Money.Add(decimal.MaxValue, 1));
        Assert.Equal(decimal.MinValue, Money.Subtract(decimal.MinValue, 1));
        Assert.Equal(decimal.MaxValue, Money.Sum([decimal.MaxValue, decimal.MaxValue, 5]));
        Assert.Equal(0.3m, Money.Sum([0.1m, 0.2m]));
    }

    [Theory]
    [InlineData("12", 12L)]
    [InlineData("\"12\"", 12L)]
    [InlineData("-1", null)]
    [InlineData("9223372036854775807", null)]
    [InlineData("1.5", null)]
    public void Count_is_a_whole_number_of_zero_or_more(string json, long? expected) => Assert.Equal(expected, Count.Read(Some.Json(json)));

    [Theory]
    [InlineData(1L, 2L, 3L)]
    [InlineData(null, 2L, 2L)]
    [InlineData(1L, null, 1L)]
    [InlineData(null, null, null)]
    [InlineData(long.MaxValue, 1L, long.MaxValue)]
    [InlineData(long.MinValue, -1L, long.MinValue)]
    [InlineData(long.MaxValue, long.MinValue, -1L)]
    public void Sum_of_counts_does_not_overflow(long? one, long? other, long? sum) => Assert.Equal(sum, Count.Add(one, other));
}
