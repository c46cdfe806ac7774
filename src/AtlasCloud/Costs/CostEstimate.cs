using System.Globalization;

namespace AtlasCloud.Costs;

/// <summary>What is known about the cost of a request before it is sent. Not knowing is never taken for zero.</summary>
/// <param name="Model">The model that the request goes to.</param>
/// <param name="Quote">What the service says; null where it names no price.</param>
/// <param name="Problem">Why it names none.</param>
internal sealed record CostEstimate(string Model, Quote? Quote, AtlasCloudException? Problem = null)
{
    internal const string Currency = "usd";

    /// <summary>Whether sound or video on this machine was left out of the quote, because nothing was to leave the machine for it.</summary>
    internal bool HasStandIns { get; init; }

    /// <summary>The part that is known, in US dollars.</summary>
    internal decimal Known => Quote is { Currency: Currency } quote ? quote.Price : 0;

    /// <summary>Why the cost is not known whole; null where it is.</summary>
    internal string? Doubt => Quote switch
    {
        null => Problem?.Message ?? "The service names no price.",
        { Currency: not Currency } => $"The service names it in {Quote.Currency}, and limits are in {Currency}.",
        { IsPartial: true } when !HasStandIns => string.Create(CultureInfo.InvariantCulture, $"The service could not see all of the input: {Quote.Price} {Quote.Currency} is the least."),
        _ => null,
    };

    /// <summary>The price in words, for a sentence that goes "would cost …".</summary>
    public override string ToString() => Quote switch
    {
        null => $"an amount that is not known: {Problem?.Message ?? "the service names no price."}",
        _ when HasStandIns => $"{Quote}: what is on this machine was not looked at",
        _ => Quote.ToString(),
    };
}
