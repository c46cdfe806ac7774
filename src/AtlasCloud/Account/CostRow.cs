using System.Globalization;
using System.Text.Json;
using AtlasCloud.Account;
using AtlasCloud.Json;

namespace AtlasCloud;

/// <summary>What was charged on a day. The amount is exact: parts of a cent count.</summary>
public sealed record CostRow : BillingRow
{
    private static readonly HashSet<string> s_known = new(StringComparer.Ordinal) { "object", "model_type", "model", "api_key", "amount" };

    /// <summary>What was charged.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The currency, in lower case.</summary>
    public string Currency { get; init; } = "usd";

    /// <summary>The day, whose row it is, and the amount.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Caption}: {Amount} {Currency}{(IsPartial ? " so far" : "")}");

    internal override object Key => (base.Key, Currency);

    /// <summary>Reads a row; null where it names no amount, which is not the same as nothing.</summary>
    internal static CostRow? Read(BillingBucket bucket, JsonElement result)
    {
        JsonElement? money = result.Member("amount");
        return (money?.Member("value")?.AsDecimal() ?? money?.AsDecimal()) is decimal amount
            ? new CostRow
            {
                Date = bucket.Midnight,
                StartAt = bucket.StartAt,
                EndAt = bucket.EndAt,
                CoveredUntil = bucket.CoveredUntil,
                IsPartial = bucket.IsPartial,
                Model = result.Member("model")?.Text("name"),
                ModelId = result.Member("model")?.Text("id"),
                ModelType = result.Text("model_type") ?? result.Member("model")?.Text("type"),
                ApiKeyId = result.Member("api_key")?.Text("id"),
                Amount = amount,
                Currency = money?.Text("currency")?.ToLowerInvariant() ?? "usd",
                AdditionalProperties = JsonValues.ToDictionary(result, name => !s_known.Contains(name)),
            }
            : null;
    }

    internal override BillingRow Plus(BillingRow other) => this with { Amount = Amount + ((CostRow)other).Amount };
}
