using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud.Account;

/// <summary>Reads amounts of money, which the billing API sends as an object with value and currency, or as a bare number.</summary>
internal static class BillingAmount
{
    /// <summary>Returns the exact amount; null if there is none.</summary>
    internal static decimal? Read(JsonElement? money) => money?.Member("value")?.AsDecimal() ?? money?.AsDecimal();

    /// <summary>Returns the currency in lower case; usd if none is named.</summary>
    internal static string ReadCurrency(JsonElement? money) => money?.Text("currency")?.ToLowerInvariant() ?? "usd";
}
