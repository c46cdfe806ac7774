using System.Collections.Specialized;
using System.Globalization;
using AtlasCloud.Json;

namespace AtlasCloud;

/// <summary>The total price of several requests. Requests without a quote are counted separately, never as zero.</summary>
public sealed record QuoteTotal
{
    /// <summary>The number of requests.</summary>
    public int Count { get; init; }

    /// <summary>The exact sum of all quotes in <see cref="Currency"/>; null if there is no quote, or if there are several currencies.</summary>
    public decimal? Price { get; init; }

    /// <summary>The exact sum of the highest amounts in <see cref="Currency"/>; null if no quote has a ceiling above its price, or if <see cref="Price"/> is null.</summary>
    public decimal? Ceiling { get; init; }

    /// <summary>The currency of <see cref="Price"/>, in lower case; null if that is null.</summary>
    public string? Currency { get; init; }

    /// <summary>The exact sum (decimal) of each currency, by its name in lower case.</summary>
    public OrderedDictionary Sums { get; init; } = new TextualDictionary();

    /// <summary>The number of partial quotes, whose price is a minimum.</summary>
    public int Partial { get; init; }

    /// <summary>The number of requests without a quote, which are not part of any sum.</summary>
    public int NotQuoted { get; init; }

    /// <summary>Whether the sums cover all requests completely: no quote is missing or partial.</summary>
    public bool IsComplete => Partial == 0 && NotQuoted == 0;

    /// <summary>Returns a summary, for example "3 requests: 0.16 usd, 1 of them not in the sum".</summary>
    public override string ToString()
    {
        string requests = Count == 1 ? "1 request" : string.Create(CultureInfo.InvariantCulture, $"{Count} requests");
        string sums = Sums.Count == 0 ? "no known price" : string.Join(" and ", Sums.Keys.Cast<string>().Select(c => string.Create(CultureInfo.InvariantCulture, $"{Sums[c]} {c}")));
        string partial = Partial == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {Partial} of them partial, so the total will be higher");
        string missing = NotQuoted == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {NotQuoted} of them not in the sum");
        string ceiling = Ceiling is decimal most ? string.Create(CultureInfo.InvariantCulture, $" (at most {most})") : "";
        return $"{requests}: {sums}{ceiling}{partial}{missing}";
    }

    /// <summary>Adds quotes up.</summary>
    /// <param name="quotes">The quotes.</param>
    /// <param name="count">The number of requests, including those without a quote.</param>
    public static QuoteTotal Sum(IReadOnlyCollection<Quote> quotes, int count)
    {
        Dictionary<string, decimal> sums = new(StringComparer.Ordinal);
        foreach (IGrouping<string, Quote> group in quotes.GroupBy(q => q.Currency, StringComparer.Ordinal))
        {
            sums[group.Key] = Money.Sum(group.Select(q => q.Price));
        }

        return new QuoteTotal
        {
            Count = count,
            Price = sums.Count == 1 ? sums.Values.First() : null,
            Ceiling = sums.Count == 1 && quotes.Any(q => q.Highest > q.Price) ? Money.Sum(quotes.Select(q => q.Highest)) : null,
            Currency = sums.Count == 1 ? sums.Keys.First() : null,
            Sums = new TextualDictionary(sums.Select(s => (s.Key, (object?)s.Value))),
            Partial = quotes.Count(q => q.IsPartial),
            NotQuoted = count - quotes.Count,
        };
    }
}
