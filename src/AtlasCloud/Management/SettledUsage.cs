using System.Collections.Specialized;
using System.Globalization;
using System.Text.Json;
using AtlasCloud.Account;
using AtlasCloud.Json;

namespace AtlasCloud;

/// <summary>The requests and settled costs of a project or an API key (API reference, section 24.4). A count is null, not zero, if it is unknown.</summary>
public sealed record SettledUsage
{
    private static readonly HashSet<string> s_known = new(StringComparer.Ordinal)
    {
        "object", "project_id", "api_key_id", "from", "to", "requests", "successes", "failures", "amount", "request_id",
    };

    /// <summary>The ID of the project; null for the usage of a key.</summary>
    public string? ProjectId { get; init; }

    /// <summary>The public ID of the API key; null for the usage of a project.</summary>
    public string? ApiKeyId { get; init; }

    /// <summary>The start, inclusive, a full hour in UTC.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The end, exclusive, a full hour in UTC.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>The number of requests.</summary>
    public long? Requests { get; init; }

    /// <summary>The number of requests that succeeded.</summary>
    public long? Successes { get; init; }

    /// <summary>The number of requests that failed.</summary>
    public long? Failures { get; init; }

    /// <summary>The settled costs, in <see cref="Currency"/>. Running tasks are not included.</summary>
    public decimal? Amount { get; init; }

    /// <summary>The currency, in lower case.</summary>
    public string Currency { get; init; } = "usd";

    /// <summary>Members that no property covers.</summary>
    public OrderedDictionary AdditionalProperties { get; init; } = new TextualDictionary();

    /// <summary>The number of requests and the costs.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Requests?.ToString(CultureInfo.InvariantCulture) ?? "unknown"} requests, {Amount?.ToString(CultureInfo.InvariantCulture) ?? "unknown"} {Currency}");

    internal static SettledUsage Read(JsonElement root, DateTimeOffset from, DateTimeOffset to) => new()
    {
        ProjectId = root.Text("project_id"),
        ApiKeyId = root.Text("api_key_id"),
        From = from,
        To = to,
        Requests = Count.Read(root.Member("requests")),
        Successes = Count.Read(root.Member("successes")),
        Failures = Count.Read(root.Member("failures")),
        Amount = BillingAmount.Read(root.Member("amount")),
        Currency = BillingAmount.ReadCurrency(root.Member("amount")),
        AdditionalProperties = JsonValues.ToDictionary(root, name => !s_known.Contains(name)),
    };

    // One window without a figure makes the sum unknown.
    internal SettledUsage Add(SettledUsage later) => this with
    {
        To = later.To,
        Requests = Requests + later.Requests,
        Successes = Successes + later.Successes,
        Failures = Failures + later.Failures,
        Amount = Amount is decimal one && later.Amount is decimal other && Currency == later.Currency ? Money.Add(one, other) : null,
    };
}
