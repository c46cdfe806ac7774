using System.Globalization;
using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Pricing;

/// <summary>The price of a request for this account.</summary>
/// <param name="Price">The price to pay in US dollars, with six decimal places.</param>
/// <param name="OriginPrice">The list price in US dollars, with six decimal places.</param>
/// <param name="Discount">The percentage of the list price to pay.</param>
/// <param name="Tokens">The billed tokens; null if the model is not billed by tokens.</param>
/// <param name="IsEstimated">Whether the price is derived from duration and resolution.</param>
/// <param name="IsPartial">Whether a part of the request could not be measured; the charge can be higher.</param>
internal sealed record Quote(decimal Price, decimal OriginPrice, string Discount, long? Tokens, bool IsEstimated, bool IsPartial)
{
    /// <summary>The amount that is charged in the end, for requests that reserve more.</summary>
    internal decimal Settled { get; init; } = Price;

    internal JsonObject ToJson()
    {
        JsonObject data = new()
        {
            ["price"] = FormatAmount(Price),
            ["origin_price"] = FormatAmount(OriginPrice),
            ["discount"] = Discount,
        };
        if (IsEstimated || IsPartial)
        {
            data["estimated"] = true;
        }

        if (Tokens is { } tokens)
        {
            data["estimated_tokens"] = tokens;
        }

        if (IsPartial)
        {
            data["estimate_partial"] = true;
        }

        return data;
    }

    /// <summary>Formats an amount like the service: up to six decimal places, no trailing zeros.</summary>
    internal static string FormatAmount(decimal amount) => amount.ToString("0.######", CultureInfo.InvariantCulture);
}
