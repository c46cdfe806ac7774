using System.Collections.Specialized;
using System.Globalization;

namespace AtlasCloud;

/// <summary>What many requests would cost together. What could not be priced is counted, and never counted as zero.</summary>
public sealed record QuoteTotal
{
    /// <summary>How many requests there were.</summary>
    public int Count { get; init; }

    /// <summary>The exact sum of all quotes; null where there is none, or where they are in several currencies.</summary>
    public decimal? Price { get; init; }

    /// <summary>The currency of <see cref="Price"/>.</summary>
    public string? Currency { get; init; }

    /// <summary>The exact sum for each currency.</summary>
    public OrderedDictionary Sums { get; init; } = [];

    /// <summary>How many quotes are partial: their requests will cost more.</summary>
    public int Partial { get; init; }

    /// <summary>How many requests have no quote: they are in no sum.</summary>
    public int NotQuoted { get; init; }

    /// <summary>Whether the sum is that of all requests.</summary>
    public bool IsComplete => Partial == 0 && NotQuoted == 0;

    /// <summary>The sum in words.</summary>
    public override string ToString()
    {
        string requests = Count == 1 ? "1 request" : string.Create(CultureInfo.InvariantCulture, $"{Count} requests");
        string sums = Sums.Count == 0 ? "no known price" : string.Join(" and ", Sums.Keys.Cast<string>().Select(c => string.Create(CultureInfo.InvariantCulture, $"{Sums[c]} {c}")));
        string partial = Partial == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {Partial} of them partial: it will be more");
        string missing = NotQuoted == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {NotQuoted} of them not in the sum");
        return $"{requests}: {sums}{partial}{missing}";
    }

    /// <summary>Adds quotes up.</summary>
    /// <param name="quotes">The quotes.</param>
    /// <param name="count">How many requests there were, those without a quote included.</param>
    public static QuoteTotal Sum(IReadOnlyCollection<Quote> quotes, int count)
    {
        OrderedDictionary sums = [];
        foreach (IGrouping<string, Quote> group in quotes.GroupBy(q => q.Currency, StringComparer.Ordinal))
        {
            sums[group.Key] = group.Sum(q => q.Price);
        }

        return new QuoteTotal
        {
            Count = count,
            Price = sums.Count == 1 ? (decimal?)sums[0] : null,
            Currency = sums.Count == 1 ? (string?)sums.Keys.Cast<object>().Single() : null,
            Sums = sums,
            Partial = quotes.Count(q => q.IsPartial),
            NotQuoted = count - quotes.Count,
        };
    }
}
