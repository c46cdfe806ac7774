using System.Globalization;

namespace AtlasCloud;

/// <summary>What is known about the cost of a request before it is sent. An unknown cost is never treated as zero.</summary>
public sealed record CostEstimate
{
    internal const string LimitCurrency = "usd";

    internal CostEstimate(string model, Quote? quote, AtlasCloudException? failure = null) => (Model, Quote, Failure) = (model, quote, failure);

    /// <summary>The model that the request goes to.</summary>
    public string Model { get; }

    /// <summary>The service's quote; null if it gave no price.</summary>
    public Quote? Quote { get; internal init; }

    /// <summary>Why there is no quote; null if there is one.</summary>
    public AtlasCloudException? Failure { get; }

    /// <summary>Whether the quote does not include local audio or video, because a preview uploads nothing. The price can depend on its length.</summary>
    public bool HasUnpricedMedia { get; internal init; }

    /// <summary>The highest price that is known, in US dollars; zero if nothing is known.</summary>
    internal decimal Known => Quote is { Currency: LimitCurrency } quote ? quote.Highest : 0;

    /// <summary>Why the cost is not completely known, as a sentence; null if it is.</summary>
    internal string? Doubt => Quote switch
    {
        null => Failure?.Message ?? "The service returned no price.",
        { Currency: not LimitCurrency } => $"The price is in {Quote.Currency}, and limits are in {LimitCurrency}.",
        { IsPartial: true } when !HasUnpricedMedia => string.Create(
            CultureInfo.InvariantCulture, $"The service could not read all inputs: {Quote.Price} {Quote.Currency} is the minimum."),
        _ => null,
    };

    /// <summary>The price as the end of a sentence such as "would cost …".</summary>
    public override string ToString() => Quote switch
    {
        null => $"an unknown amount: {Failure?.Message ?? "the service returned no price."}",
        _ when HasUnpricedMedia => $"{Quote}, not counting local files",
        _ => Quote.ToString(),
    };
}
