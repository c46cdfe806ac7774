using System.Collections.Specialized;
using System.Globalization;
using System.Text.Json;
using AtlasCloud.Http;
using AtlasCloud.Json;

namespace AtlasCloud;

/// <summary>What an account can spend. All amounts are exact, and may be negative.</summary>
public sealed record Balance
{
    private static readonly HashSet<string> s_known = new(StringComparer.Ordinal)
    {
        "object", "scope", "account", "available", "cash", "bonus", "subscription_bonus", "frozen", "credit_grant", "request_id",
    };

    /// <summary>What can be spent now.</summary>
    public decimal Available { get; init; }

    /// <summary>The part that was paid in.</summary>
    public decimal? Cash { get; init; }

    /// <summary>The part that was given.</summary>
    public decimal? Bonus { get; init; }

    /// <summary>The part that came with a subscription.</summary>
    public decimal? SubscriptionBonus { get; init; }

    /// <summary>What running tasks have reserved.</summary>
    public decimal? Frozen { get; init; }

    /// <summary>How far the account may still be overdrawn; null where the service does not say.</summary>
    public decimal? RemainingOverdraft { get; init; }

    /// <summary>The currency, in lower case.</summary>
    public string Currency { get; init; } = "usd";

    /// <summary>The account's id.</summary>
    public string? AccountId { get; init; }

    /// <summary>The account's name, which may be empty.</summary>
    public string? AccountName { get; init; }

    /// <summary>personal or team.</summary>
    public string? AccountType { get; init; }

    /// <summary>What else the service says.</summary>
    public OrderedDictionary AdditionalProperties { get; init; } = [];

    /// <summary>What can be spent, with its currency.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Available} {Currency}");

    /// <summary>Reads the reply; null where it does not say what is available.</summary>
    internal static Balance? Read(JsonElement root)
    {
        JsonElement data = root.Member("available") is null ? ResponseEnvelope.Unwrap(root) : root;
        if (Amount(data, "available") is not decimal available)
        {
            return null;
        }

        JsonElement? account = data.Member("account");
        return new Balance
        {
            Available = available,
            Cash = Amount(data, "cash"),
            Bonus = Amount(data, "bonus"),
            SubscriptionBonus = Amount(data, "subscription_bonus"),
            Frozen = Amount(data, "frozen"),
            RemainingOverdraft = data.Member("credit_grant") is JsonElement grant ? Amount(grant, "remaining_overdraft") : null,
            Currency = data.Member("available")?.Text("currency") ?? "usd",
            AccountId = account?.Text("id"),
            AccountName = account?.Text("name"),
            AccountType = account?.Text("type"),
            AdditionalProperties = JsonValues.ToDictionary(data, name => !s_known.Contains(name)),
        };
    }

    private static decimal? Amount(JsonElement data, string name) =>
        data.Member(name) is JsonElement money ? money.Member("value")?.AsDecimal() ?? money.AsDecimal() : null;
}
