using System.Globalization;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Account;
using AtlasCloud.Emulation.Catalog;
using AtlasCloud.Emulation.Data;

namespace AtlasCloud.Emulation.Pricing;

/// <summary>Calculates prices from the catalog, the request and the account's discounts.</summary>
internal sealed class PriceCalculator
{
    private const int DecimalPlaces = 6;

    private readonly Func<string, decimal?> _getVideoDuration;
    private readonly IReadOnlyList<KeyValuePair<string, decimal>> _accountDiscounts;

    /// <param name="getVideoDuration">Returns the duration in seconds of a stored video by its address; null if the address is unknown.</param>
    internal PriceCalculator(Func<string, decimal?> getVideoDuration)
    {
        _getVideoDuration = getVideoDuration;
        JsonObject discounts = EmbeddedData.ReadEmulatorData("unlisted-models.json")["accountDiscounts"]!.AsObject();
        _accountDiscounts = [.. discounts.Select(d => KeyValuePair.Create(d.Key, decimal.Parse((string)d.Value!, CultureInfo.InvariantCulture)))];
    }

    internal Quote Quote(CatalogModel model, JsonObject body)
    {
        RequestValues values = new(body, ModelSchema.For(model));
        BillableUnits units = model.Kind switch
        {
            ModelKind.Video => VideoPricing.Calculate(model, values, _getVideoDuration),
            ModelKind.Image => ImagePricing.Calculate(model, values),
            ModelKind.Model3D => Model3DPricing.Calculate(model, values),
            _ => AudioPricing.Calculate(model, values),
        };

        decimal origin = model.Price("origin", "base_price") ?? 0m;
        decimal actual = model.Price("actual", "base_price") ?? origin;
        string discount = model.Discount;
        decimal listPrice = (origin * units.Units) + units.Surcharge;
        decimal price = (actual * units.Units) + units.Surcharge;
        if (AccountDiscount(model) is { } percent)
        {
            discount = percent.ToString(CultureInfo.InvariantCulture);
            price = listPrice * percent / 100m;
        }

        return new Quote(Round(price), Round(listPrice), discount, units.Tokens, units.IsEstimated, units.IsPartial) { Settled = Round(price * units.SettledShare) };
    }

    /// <summary>The usage for the billing API: images, seconds, or tokens for the family that is billed by tokens.</summary>
    internal BilledUsage GetUsage(CatalogModel model, JsonObject body)
    {
        RequestValues values = new(body, ModelSchema.For(model));
        BilledUsage usage = new(model.Type.ToLowerInvariant());
        return model.Kind switch
        {
            ModelKind.Image => usage with { Images = ImagePricing.CountImages(values) },
            ModelKind.Model3D => usage with { Images = 1 },
            ModelKind.Video when SeedanceTokenPricing.Applies(model.Id) =>
                usage with { OutputTokens = VideoPricing.Calculate(model, values, _getVideoDuration).Tokens ?? 0 },
            ModelKind.Video => usage with { VideoSeconds = VideoPricing.GetDuration(values, _getVideoDuration).Seconds },
            _ => usage,
        };
    }

    /// <summary>The price of a chat completion in US dollars.</summary>
    internal static decimal CalculateChatPrice(CatalogModel model, long inputTokens, long outputTokens) =>
        (((model.Price("actual", "input_price") ?? 0m) * inputTokens) + ((model.Price("actual", "output_price") ?? 0m) * outputTokens)) / 1_000_000m;

    private static decimal Round(decimal amount) => Math.Round(amount, DecimalPlaces, MidpointRounding.AwayFromZero);

    private decimal? AccountDiscount(CatalogModel model)
    {
        foreach ((string prefix, decimal percent) in _accountDiscounts)
        {
            if (model.Id.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return percent;
            }
        }

        return null;
    }
}
