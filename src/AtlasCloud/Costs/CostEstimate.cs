using System.Globalization;

namespace AtlasCloud;

/// <summary>What is known about the cost of a request before it is sent. An unknown cost is never treated as zero.</summary>
public sealed record CostEstimate
{
    internal const string LimitCurrency = "usd";

    internal CostEstimate(string model, Quote? quote, AtlasCloudException? problem = null) => (Model, Quote, Problem) = (model, quote, problem);

    /// <summary>The model that the request goes to.</summary>
    public string Model { get; }

    /// <summary>The service's quote; null if it gave no price.</summary>
    public Quote? Quote { get; init; }

    /// <summary>Why there is no quote; null if there is one.</summary>
    public AtlasCloudException? Problem { get; }

    /// <summary>Whether local audio or video was left out of the quote, because a preview uploads nothing. The price can depend on its length.</summary>
    public bool ExcludesLocalMedia { get; internal init; }

    /// <summary>The part of the price that is known, in US dollars; zero if nothing is known.</summary>
    internal decimal Known => Quote is { Currency: LimitCurrency } quote ? quote.Price : 0;

    /// <summary>Why the cost is not completely known, as a sentence; null if it is.</summary>
    internal string? Doubt => Quote switch
    {
        null => Problem?.Message ?? "The service returned no price.",
        { Currency: not LimitCurrency } => $"The price is in {Quote.Currency}, and limits are in {LimitCurrency}.",
        { IsPartial: true } when !ExcludesLocalMedia => string.Create(
            CultureInfo.InvariantCulture, $"The service could not read all inputs: {Quote.Price} {Quote.Currency} is the minimum."),
        _ => null,
    };

    /// <summary>The price as the end of a sentence such as "would cost …".</summary>
    public override string ToString() => Quote switch
    {
        null => $"an unknown amount: {Problem?.Message ?? "the service returned no price."}",
        _ when ExcludesLocalMedia => $"{Quote}, not counting local files",
        _ => Quote.ToString(),
    };
}
