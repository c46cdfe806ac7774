using System.Globalization;
using System.Text.Json;
using AtlasCloud.Account;
using AtlasCloud.Json;

namespace AtlasCloud;

/// <summary>The costs of a day (API reference, section 16.2). The amount is exact, including fractions of a cent.</summary>
public sealed record CostRow : BillingRow
{
    private const string AmountMember = "amount";

    /// <summary>The amount charged, in <see cref="Currency"/>.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The currency, in lower case.</summary>
    public string Currency { get; init; } = "usd";

    /// <summary>The day, what the row is grouped by, and the amount.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Caption}: {Amount} {Currency}{(IsPartial ? " so far" : "")}");

    internal override object AggregationKey => (base.AggregationKey, Currency);

    /// <summary>Reads a row; null if it contains no amount, which is not the same as zero.</summary>
    internal static CostRow? Read(BillingBucket bucket, JsonElement result)
    {
        JsonElement? money = result.Member(AmountMember);
        return BillingAmount.Read(money) is decimal amount
            ? (CostRow)new CostRow { Amount = amount, Currency = BillingAmount.ReadCurrency(money) }.WithShared(bucket, result, AmountMember)
            : null;
    }

    internal override BillingRow Add(BillingRow other) => this with { Amount = Money.Add(Amount, ((CostRow)other).Amount) };
}
