using System.Globalization;
using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Pricing;

/// <summary>What a request costs this account.</summary>
/// <param name="Price">What the account pays, six places.</param>
/// <param name="OriginPrice">The list price, six places.</param>
/// <param name="Discount">Percent of the list price.</param>
/// <param name="Tokens">The tokens behind the figure; null where the model is not billed by tokens.</param>
/// <param name="IsEstimated">The figure was derived from duration and resolution.</param>
/// <param name="IsPartial">The quote could not see everything; the charge can be higher.</param>
internal sealed record Quote(decimal Price, decimal OriginPrice, string Discount, long? Tokens, bool IsEstimated, bool IsPartial)
{
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

    /// <summary>An amount as the service writes it: no more than six places, no zeros at the end.</summary>
    internal static string FormatAmount(decimal amount) => amount.ToString("0.######", CultureInfo.InvariantCulture);
}
