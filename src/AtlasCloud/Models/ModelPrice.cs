using System.Globalization;
using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud;

/// <summary>What the catalog says about a model's price. For media it is a floor ("from"), not the charge.</summary>
public sealed record ModelPrice
{
    /// <summary>Price per <see cref="Unit"/> today, in US dollars; null for language models.</summary>
    public decimal? Base { get; init; }

    /// <summary>List price per <see cref="Unit"/>, before the discount.</summary>
    public decimal? ListBase { get; init; }

    /// <summary>What <see cref="Base"/> buys: generation, second, image, minute, 1k_chars.</summary>
    public string? Unit { get; init; }

    /// <summary>US dollars per million tokens read.</summary>
    public decimal? Input { get; init; }

    /// <summary>US dollars per million tokens written.</summary>
    public decimal? Output { get; init; }

    /// <summary>US dollars per million tokens read from the cache.</summary>
    public decimal? CachedInput { get; init; }

    /// <summary>Percent of the list price that is paid: 100 is no discount.</summary>
    public decimal? PercentOfList { get; init; }

    /// <summary>The currency, in lower case.</summary>
    public string Currency { get; init; } = "usd";

    /// <summary>The price in one line.</summary>
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
        decimal? basePrice = (actual?.Member("base_price") ?? item.Member("basePrice"))?.AsDecimal();
        decimal? input = (actual?.Member("input_price") ?? item.Member("inputPrice"))?.AsDecimal();
        return basePrice is null && input is null
            ? null
            : new ModelPrice
            {
                Base = basePrice,
                ListBase = list?.Member("base_price")?.AsDecimal(),
                Unit = actual?.Text("unit") ?? UnitOf(kind, item.Text("model")),
                Input = input,
                Output = actual?.Member("output_price")?.AsDecimal(),
                CachedInput = actual?.Member("cache_price")?.AsDecimal(),
                PercentOfList = price?.Member("discount")?.AsDecimal(),
            };
    }

    // The catalog names the unit on very few rows; these are the rules for the rest.
    private static string? UnitOf(ModelKind kind, string? id) => kind switch
    {
        ModelKind.Music => "generation",
        ModelKind.Transcription => "minute",
        ModelKind.Speech when id == "bytedance/seed-audio-1.0" => "minute",
        ModelKind.Speech => "1k_chars",
        ModelKind.Video => "second",
        ModelKind.Image or ModelKind.ThreeD => "image",
        _ => null,
    };
}
