using System.Globalization;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Account;
using AtlasCloud.Emulation.Catalog;
using AtlasCloud.Emulation.Data;

namespace AtlasCloud.Emulation.Pricing;

/// <summary>Quotes requests from the catalog, the body and the discounts of the account.</summary>
internal sealed class PriceList
{
    private const int Places = 6;

    private readonly Func<string, decimal?> _videoLength;
    private readonly IReadOnlyList<KeyValuePair<string, decimal>> _accountDiscounts;

    /// <param name="videoLength">The seconds of a stored video by its address; null where the address is not known.</param>
    internal PriceList(Func<string, decimal?> videoLength)
    {
        _videoLength = videoLength;
        JsonObject discounts = EmbeddedData.ReadOwn("unlisted-models.json")["accountDiscounts"]!.AsObject();
        _accountDiscounts = [.. discounts.Select(d => KeyValuePair.Create(d.Key, decimal.Parse((string)d.Value!, CultureInfo.InvariantCulture)))];
    }

    internal Quote Quote(CatalogModel model, JsonObject body)
    {
        RequestValues values = new(body, ModelSchema.Of(model));
        Measure measure = model.Kind switch
        {
            ModelKind.Video => VideoMeasure.Of(model, values, _videoLength),
            ModelKind.Image => ImageMeasure.Of(model, values),
            ModelKind.Model3D => Model3DMeasure.Of(model, values),
            _ => AudioMeasure.Of(model, values),
        };

        decimal origin = model.Price("origin", "base_price") ?? 0m;
        decimal actual = model.Price("actual", "base_price") ?? origin;
        string discount = model.Discount;
        decimal list = (origin * measure.Units) + measure.Extra;
        decimal price = (actual * measure.Units) + measure.Extra;
        if (AccountDiscount(model) is { } percent)
        {
            discount = percent.ToString(CultureInfo.InvariantCulture);
            price = list * percent / 100m;
        }

        return new Quote(Round(price), Round(list), discount, measure.Tokens, measure.IsEstimated, measure.IsPartial);
    }

    /// <summary>What the bill counts of a request: images, seconds, or the tokens of the family that is billed by these.</summary>
    internal BilledUse UseOf(CatalogModel model, JsonObject body)
    {
        RequestValues values = new(body, ModelSchema.Of(model));
        BilledUse use = new(model.Type.ToLowerInvariant());
        return model.Kind switch
        {
            ModelKind.Image => use with { Images = ImageMeasure.Count(values) },
            ModelKind.Model3D => use with { Images = 1 },
            ModelKind.Video when SeedanceTokens.Applies(model.Id) => use with { OutputTokens = VideoMeasure.Of(model, values, _videoLength).Tokens ?? 0 },
            ModelKind.Video => use with { VideoSeconds = VideoMeasure.Seconds(values, _videoLength).Seconds },
            _ => use,
        };
    }

    /// <summary>What a chat turn costs.</summary>
    internal static decimal ChatPrice(CatalogModel model, long inputTokens, long outputTokens) =>
        (((model.Price("actual", "input_price") ?? 0m) * inputTokens) + ((model.Price("actual", "output_price") ?? 0m) * outputTokens)) / 1_000_000m;

    private static decimal Round(decimal amount) => Math.Round(amount, Places, MidpointRounding.AwayFromZero);

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
