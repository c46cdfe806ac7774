using System.Text.Json;

namespace AtlasCloud.Json;

/// <summary>Reads amounts of money and adds them up. An amount that cannot be real is unknown, and no sum overflows.</summary>
internal static class Money
{
    /// <summary>The maximum price of one request, and of one unit in the catalog.</summary>
    internal const decimal MaxPrice = 1_000_000m;

    /// <summary>The maximum of a balance or of the cost of a day, in either direction.</summary>
    internal const decimal MaxAmount = 1_000_000_000_000m;

    /// <summary>Returns an exact price of zero or more; null if there is none, or if it is negative or exceeds <see cref="MaxPrice"/>.</summary>
    internal static decimal? ReadPrice(JsonElement? price) => CheckPrice(price?.AsDecimal());

    /// <summary>Returns the price if it can be one; null if it is negative or exceeds <see cref="MaxPrice"/>.</summary>
    internal static decimal? CheckPrice(decimal? price) => price is >= 0 and <= MaxPrice ? price : null;

    /// <summary>Returns an exact amount, which can be negative; null if there is none, or if it exceeds <see cref="MaxAmount"/>.</summary>
    internal static decimal? ReadAmount(JsonElement? amount) =>
        amount?.AsDecimal() is decimal value && decimal.Abs(value) <= MaxAmount ? value : null;

    /// <summary>Returns the sum; the largest or smallest decimal if it would be out of range.</summary>
    internal static decimal Add(decimal one, decimal other)
    {
        try
        {
            return one + other;
        }
        catch (OverflowException)
        {
            return one > 0 ? decimal.MaxValue : decimal.MinValue;
        }
    }

    /// <summary>Returns the difference, within the same limits.</summary>
    internal static decimal Subtract(decimal one, decimal other) => Add(one, decimal.Negate(other));

    /// <summary>Returns the sum of all amounts, as <see cref="Add"/>.</summary>
    internal static decimal Sum(IEnumerable<decimal> amounts) => amounts.Aggregate(0m, Add);
}
