using System.Collections.Specialized;
using System.Globalization;
using System.Text.Json;
using AtlasCloud.Http;
using AtlasCloud.Json;

namespace AtlasCloud;

/// <summary>The price of a request for this account, before it is submitted. Quotes are free. API reference, section 6.</summary>
public sealed record Quote
{
    private static readonly HashSet<string> s_knownMembers = new(StringComparer.Ordinal)
    {
        "price", "origin_price", "discount", "currency", "estimated", "estimated_tokens", "estimate_partial",
        "code", "message", "msg", "request_id",
    };

    /// <summary>The model's ID.</summary>
    public string? Model { get; init; }

    /// <summary>The label of the request; null if it has none.</summary>
    public string? Label { get; init; }

    /// <summary>The price in <see cref="Currency"/> after discounts. Exact: not rounded to cents.</summary>
    public required decimal Price { get; init; }

    /// <summary>
    /// The highest amount that the service may charge in <see cref="Currency"/>, which limits are compared with; null if that is <see cref="Price"/>. Images that are
    /// billed by tokens have one, and models whose price depends on whether the defaults of omitted inputs are sent.
    /// </summary>
    public decimal? Ceiling { get; init; }

    /// <summary>The amount that limits and budgets are compared with.</summary>
    internal decimal Highest => Math.Max(Price, Ceiling ?? Price);

    /// <summary>The price in <see cref="Currency"/> before discounts; null if the service does not say.</summary>
    public decimal? ListPrice { get; init; }

    /// <summary>The price as a percentage of the list price: 100 means no discount; null if the service does not say.</summary>
    public decimal? PercentOfList { get; init; }

    /// <summary>The currency, in lower case. Default: usd.</summary>
    public string Currency { get; init; } = "usd";

    /// <summary>Whether the price is an estimate, for example from duration and resolution, instead of a fixed price.</summary>
    public bool IsEstimated { get; init; }

    /// <summary>The estimated number of tokens; null if the model is not billed by tokens.</summary>
    public long? EstimatedTokens { get; init; }

    /// <summary>Whether the service could not read all inputs: <see cref="Price"/> is then the minimum.</summary>
    public bool IsPartial { get; init; }

    /// <summary>All other members of the response. Keys are not case-sensitive; read-only.</summary>
    public OrderedDictionary AdditionalProperties { get; init; } = new TextualDictionary();

    /// <summary>Returns the price with its currency, for example "0.08 usd", its ceiling, and "or more" if the quote is partial.</summary>
    public override string ToString()
    {
        string ceiling = Ceiling > Price ? string.Create(CultureInfo.InvariantCulture, $" (at most {Ceiling})") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{(Ceiling == Price ? "at most " : "")}{Price} {Currency}{ceiling}{(IsPartial ? " or more" : "")}");
    }

    /// <summary>Reads a quote from a response; null if the response has no price, which never means a price of zero.</summary>
    internal static Quote? Read(JsonElement root, string? model = null)
    {
        JsonElement data = root.Member("price") is null ? ResponseEnvelope.Unwrap(root) : root;
        return Money.ReadPrice(data.Member("price")) is decimal price
            ? new Quote
            {
                Model = model,
                Price = price,
                ListPrice = Money.ReadPrice(data.Member("origin_price")),
                PercentOfList = data.Member("discount")?.AsDecimal(),
                Currency = data.Text("currency")?.ToLowerInvariant() ?? "usd",
                IsEstimated = data.Member("estimated")?.AsBoolean() == true,
                EstimatedTokens = data.Member("estimated_tokens")?.AsInteger(),
                IsPartial = data.Member("estimate_partial")?.AsBoolean() == true,
                AdditionalProperties = JsonValues.ToDictionary(data, name => !s_knownMembers.Contains(name)),
            }
            : null;
    }
}
