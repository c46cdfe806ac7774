namespace AtlasCloud.Tests;

/// <summary>The sum of many quotes.</summary>
public sealed class QuoteTotalTests
{
    [Fact]
    public void Sum_is_exact()
    {
        QuoteTotal total = QuoteTotal.Sum([.. Enumerable.Repeat(new Quote { Price = 0.453716m }, 1000)], 1000);

        Assert.Equal((453.716m, "usd", true), (total.Price, total.Currency, total.IsComplete));
        Assert.Equal("1000 requests: 453.716000 usd", total.ToString());
    }

    [Fact]
    public void Sum_is_incomplete_if_a_quote_is_missing_or_partial()
    {
        QuoteTotal total = QuoteTotal.Sum([new Quote { Price = 1m }, new Quote { Price = 2m, IsPartial = true }], 5);

        Assert.Equal((5, 3m, 1, 3, false), (total.Count, total.Price, total.Partial, total.NotQuoted, total.IsComplete));
        Assert.Equal("5 requests: 3 usd, 1 of them partial, so the total will be higher, 3 of them not in the sum", total.ToString());
    }

    [Fact]
    public void Sum_keeps_currencies_apart()
    {
        QuoteTotal total = QuoteTotal.Sum([new Quote { Price = 1m }, new Quote { Price = 2m, Currency = "eur" }, new Quote { Price = 3m }], 3);

        Assert.Null(total.Price);
        Assert.Null(total.Currency);
        Assert.Equal((4m, 2m), (total.Sums["usd"], total.Sums["eur"]));
        Assert.Equal("3 requests: 4 usd and 2 eur", total.ToString());
    }

    [Fact]
    public void Sum_without_quotes_has_no_price()
    {
        QuoteTotal total = QuoteTotal.Sum([], 2);

        Assert.Null(total.Price);
        Assert.False(total.IsComplete);
    }
}
