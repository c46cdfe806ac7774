using System.Collections.Specialized;
using System.Globalization;
using System.Text.Json;
using AtlasCloud.Account;
using AtlasCloud.Http;
using AtlasCloud.Json;

namespace AtlasCloud;

/// <summary>The balance of an account (API reference, section 16.1). All amounts are exact, in <see cref="Currency"/>, and may be negative.</summary>
public sealed record Balance
{
    private static readonly HashSet<string> s_known = new(StringComparer.Ordinal)
    {
        "object", "scope", "account", "available", "cash", "bonus", "subscription_bonus", "frozen", "credit_grant", "request_id",
    };

    /// <summary>The amount available for requests.</summary>
    public decimal Available { get; init; }

    /// <summary>The part that was paid in; null if the service does not say.</summary>
    public decimal? Cash { get; init; }

    /// <summary>The part that was granted as a bonus; null if the service does not say.</summary>
    public decimal? Bonus { get; init; }

    /// <summary>The part that came with a subscription; null if the service does not say.</summary>
    public decimal? SubscriptionBonus { get; init; }

    /// <summary>The amount reserved by running tasks; null if the service does not say.</summary>
    public decimal? Frozen { get; init; }

    /// <summary>The overdraft that remains; null if the service does not say.</summary>
    public decimal? RemainingOverdraft { get; init; }

    /// <summary>The currency, in lower case.</summary>
    public string Currency { get; init; } = "usd";

    /// <summary>The account ID.</summary>
    public string? AccountId { get; init; }

    /// <summary>The account name; null if it is empty.</summary>
    public string? AccountName { get; init; }

    /// <summary>personal or team.</summary>
    public string? AccountType { get; init; }

    /// <summary>Members of the response that no property covers.</summary>
    public OrderedDictionary AdditionalProperties { get; init; } = new TextualDictionary();

    /// <summary>The available amount and its currency.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Available} {Currency}");

    /// <summary>Reads the response; null if it contains no available amount.</summary>
    internal static Balance? Read(JsonElement root)
    {
        JsonElement data = root.Member("available") is null ? ResponseEnvelope.Unwrap(root) : root;
        if (BillingAmount.Read(data.Member("available")) is not decimal available)
        {
            return null;
        }

        JsonElement? account = data.Member("account");
        return new Balance
        {
            Available = available,
            Cash = BillingAmount.Read(data.Member("cash")),
            Bonus = BillingAmount.Read(data.Member("bonus")),
            SubscriptionBonus = BillingAmount.Read(data.Member("subscription_bonus")),
            Frozen = BillingAmount.Read(data.Member("frozen")),
            RemainingOverdraft = BillingAmount.Read(data.Member("credit_grant")?.Member("remaining_overdraft")),
            Currency = BillingAmount.ReadCurrency(data.Member("available")),
            AccountId = account?.Text("id"),
            AccountName = account?.Text("name"),
            AccountType = account?.Text("type"),
            AdditionalProperties = JsonValues.ToDictionary(data, name => !s_known.Contains(name)),
        };
    }
}
