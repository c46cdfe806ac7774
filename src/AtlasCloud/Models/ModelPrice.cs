using System.Globalization;
using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud;

/// <summary>The price of a model in the catalog (API reference, section 12.1). For media it is a lower bound, not the charge.</summary>
public sealed record ModelPrice
{
    /// <summary>The current price per <see cref="Unit"/>, in US dollars; null for language models.</summary>
    public decimal? Base { get; init; }

    /// <summary>The list price per <see cref="Unit"/> before the discount, in US dollars; null if unknown.</summary>
    public decimal? ListBase { get; init; }

    /// <summary>The unit of <see cref="Base"/>: generation, second, image, model, minute, 1k_chars; null if unknown.</summary>
    public string? Unit { get; init; }

    /// <summary>US dollars per million input tokens; null for media models.</summary>
    public decimal? Input { get; init; }

    /// <summary>US dollars per million output tokens; null for media models.</summary>
    public decimal? Output { get; init; }

    /// <summary>US dollars per million cached input tokens; null if there is no such price.</summary>
    public decimal? CachedInput { get; init; }

    /// <summary>The percentage of the list price that is charged: 100 means no discount; null if unknown.</summary>
    public decimal? PercentOfList { get; init; }

    /// <summary>The currency, in lower case: usd.</summary>
    public string Currency { get; init; } = "usd";

    /// <summary>The price and its unit, such as 'from 0.08/image'; empty if there is no price.</summary>
    public override string ToString() => (Base, Input) switch
    {
        (decimal price, _) => string.Create(CultureInfo.InvariantCulture, $"from {price:0.######}/{Unit}"),
        (_, decimal input) when Output is null => string.Create(CultureInfo.InvariantCulture, $"{input:0.######} in per 1M tokens"),
        (_, decimal input) => string.Create(CultureInfo.InvariantCulture, $"{input:0.######} in, {Output:0.######} out per 1M tokens"),
        _ => "",
    };

    internal static ModelPrice? Read(JsonElement item, ModelKind kind)
    {
        JsonElement? price = item.Member("price");
        JsonElement? actual = price?.Member("actual");
        JsonElement? list = price?.Member("origin");
        decimal? basePrice = Money.ReadPrice(actual?.Member("base_price") ?? item.Member("basePrice"));
        decimal? input = Money.ReadPrice(actual?.Member("input_price") ?? item.Member("inputPrice"));
        return basePrice is null && input is null
            ? null
            : new ModelPrice
            {
                Base = basePrice,
                ListBase = Money.ReadPrice(list?.Member("base_price")),
                Unit = actual?.Text("unit") ?? DefaultUnit(kind, item.Text("model")),
                Input = input,
                Output = Money.ReadPrice(actual?.Member("output_price")),
                CachedInput = Money.ReadPrice(actual?.Member("cache_price")),
                PercentOfList = price?.Member("discount")?.AsDecimal(),
            };
    }

    // Few catalog entries name the unit.
    private static string? DefaultUnit(ModelKind kind, string? id) => kind switch
    {
        ModelKind.Music => "generation",
        ModelKind.Transcription => "minute",
        ModelKind.Speech when id == "bytedance/seed-audio-1.0" => "minute",
        ModelKind.Speech => "1k_chars",
        ModelKind.Video => "second",
        ModelKind.Image => "image",
        ModelKind.ThreeD => "model",
        _ => null,
    };
}
