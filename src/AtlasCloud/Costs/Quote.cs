using System.Collections.Specialized;
using System.Globalization;
using System.Text.Json;
using AtlasCloud.Http;
using AtlasCloud.Json;

namespace AtlasCloud;

/// <summary>What a request would cost this account. Asking is free.</summary>
public sealed record Quote
{
    private static readonly HashSet<string> s_known = new(StringComparer.Ordinal)
    {
        "price", "origin_price", "discount", "currency", "estimated", "estimated_tokens", "estimate_partial",
        "code", "message", "msg", "request_id",
    };

    /// <summary>The model that was asked about.</summary>
    public string? Model { get; init; }

    /// <summary>The name that the user gave the request.</summary>
    public string? Label { get; init; }

    /// <summary>What this account would pay. Exact: parts of a cent count.</summary>
    public required decimal Price { get; init; }

    /// <summary>The price before the discount; null where the service does not say.</summary>
    public decimal? ListPrice { get; init; }

    /// <summary>Percent of the list price that is paid: 100 is no discount; null where the service does not say.</summary>
    public decimal? PercentOfList { get; init; }

    /// <summary>The currency, in lower case.</summary>
    public string Currency { get; init; } = "usd";

    /// <summary>Whether the price follows from length and resolution instead of being flat.</summary>
    public bool IsEstimated { get; init; }

    /// <summary>The tokens behind the price; null where there are none.</summary>
    public long? EstimatedTokens { get; init; }

    /// <summary>Whether the service could not see everything: the charge will be higher then.</summary>
    public bool IsPartial { get; init; }

    /// <summary>What else the service says.</summary>
    public OrderedDictionary AdditionalProperties { get; init; } = [];

    /// <summary>The price with its currency.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Price} {Currency}{(IsPartial ? " or more" : "")}");

    /// <summary>Reads the reply; null where it names no price, which is never the same as a price of zero.</summary>
    internal static Quote? Read(JsonElement root, string? model = null)
    {
        JsonElement data = root.Member("price") is null ? ResponseEnvelope.Unwrap(root) : root;
        return data.Member("price")?.AsDecimal() is decimal price and >= 0
            ? new Quote
            {
                Model = model,
                Price = price,
                ListPrice = data.Member("origin_price")?.AsDecimal(),
                PercentOfList = data.Member("discount")?.AsDecimal(),
                Currency = data.Text("currency")?.ToLowerInvariant() ?? "usd",
                IsEstimated = data.Member("estimated")?.AsBoolean() == true,
                EstimatedTokens = data.Member("estimated_tokens")?.AsInteger(),
                IsPartial = data.Member("estimate_partial")?.AsBoolean() == true,
                AdditionalProperties = JsonValues.ToDictionary(data, name => !s_known.Contains(name)),
            }
            : null;
    }
}
