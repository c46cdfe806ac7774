using System.Collections.Specialized;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Account;
using AtlasCloud.Json;
using AtlasCloud.Management;

namespace AtlasCloud;

/// <summary>What an API key may spend (API reference, section 24.4).</summary>
public sealed record KeyAllowance
{
    private static readonly HashSet<string> s_known = new(StringComparer.Ordinal) { ManagementNames.AllowanceType, "period", "amount" };

    /// <summary>No limit.</summary>
    public static KeyAllowance Unlimited { get; } = new() { Type = ManagementNames.Unlimited };

    /// <summary>unlimited, fixed or periodic; other words of the service are kept.</summary>
    public required string Type { get; init; }

    /// <summary>The amount in US dollars; null for no limit, or if the service does not say.</summary>
    public decimal? Amount { get; init; }

    /// <summary>day, week or month, by UTC; null if the allowance is not periodic.</summary>
    public string? Period { get; init; }

    /// <summary>Members that no property covers.</summary>
    public OrderedDictionary AdditionalProperties { get; init; } = new TextualDictionary();

    /// <summary>An amount that counts from the creation of the key.</summary>
    /// <param name="amount">The amount in US dollars, more than zero.</param>
    public static KeyAllowance Fixed(decimal amount) => new() { Type = ManagementNames.Fixed, Amount = amount };

    /// <summary>An amount for each period.</summary>
    /// <param name="amount">The amount in US dollars, more than zero.</param>
    /// <param name="period">The period.</param>
    public static KeyAllowance Periodic(decimal amount, AllowancePeriod period) =>
        new() { Type = ManagementNames.Periodic, Amount = amount, Period = ManagementNames.PeriodWord(period) };

    /// <summary>The amount and the period: 25.00 per month.</summary>
    public override string ToString() =>
        Type == ManagementNames.Unlimited ? Type
        : Amount is decimal amount ? string.Create(CultureInfo.InvariantCulture, $"{amount:0.00####} {(Period is null ? "in total" : "per " + Period)}")
        : $"{Type}, amount unknown";

    /// <summary>Reads an allowance; null if there is none.</summary>
    internal static KeyAllowance? Read(JsonElement? allowance)
    {
        if (allowance is not JsonElement { ValueKind: JsonValueKind.Object } found)
        {
            return null;
        }

        decimal? amount = BillingAmount.Read(found.Member("amount"));
        string? period = found.Text("period");
        string type = found.Text(ManagementNames.AllowanceType)?.ToLowerInvariant()
            ?? (period is not null ? ManagementNames.Periodic : amount > 0m ? ManagementNames.Fixed : "unknown");
        return new KeyAllowance
        {
            Type = type,
            Amount = type == ManagementNames.Unlimited ? null : amount,
            Period = period,
            AdditionalProperties = JsonValues.ToDictionary(found, name => !s_known.Contains(name)),
        };
    }

    internal JsonObject ToJson()
    {
        JsonObject body = new() { [ManagementNames.AllowanceType] = Type };
        if (Period is not null)
        {
            body["period"] = Period;
        }

        if (Amount is decimal amount)
        {
            body["amount"] = ManagementNames.Money(amount);
        }

        return body;
    }
}
