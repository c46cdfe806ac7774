using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud.Account;

/// <summary>Reads amounts of money, which the billing API sends as an object with value and currency, or as a bare number.</summary>
internal static class BillingAmount
{
    /// <summary>Returns the exact amount; null if there is none, or if it cannot be real.</summary>
    internal static decimal? Read(JsonElement? money) => Money.ReadAmount(money?.Member("value") ?? money);

    /// <summary>Returns the currency in lower case; usd if none is named.</summary>
    internal static string ReadCurrency(JsonElement? money) => money?.Text("currency")?.ToLowerInvariant() ?? "usd";
}
