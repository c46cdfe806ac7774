using System.Globalization;
using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Management;

/// <summary>Amounts of money in the format of /public/v1.</summary>
internal static class MoneyReader
{
    /// <summary>The amount; zero for null; null if it is not a valid amount.</summary>
    internal static decimal? Read(JsonNode? node) => node switch
    {
        null => 0m,
        JsonObject money when money.All(member => member.Key is "value" or "currency")
            && (money["currency"] is null || money["currency"]!.ToString() == "usd")
            && money["value"] is JsonValue value && value.TryGetValue(out string? text)
            && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal amount) => amount,
        _ => null,
    };

    internal static JsonObject Write(decimal amount) =>
        new() { ["value"] = amount.ToString("0.000000", CultureInfo.InvariantCulture), ["currency"] = "usd" };
}
