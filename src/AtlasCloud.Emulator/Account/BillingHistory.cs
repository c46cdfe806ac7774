using AtlasCloud.Emulation.Catalog;
using AtlasCloud.Emulation.Pricing;

namespace AtlasCloud.Emulation.Account;

/// <summary>Generates billed days before the start of the emulator. The same seed generates the same history.</summary>
/// <param name="Days">The number of days before today.</param>
/// <param name="Models">The number of models used on each day.</param>
/// <param name="MaximumRequests">The maximum number of requests per model and day.</param>
internal sealed record BillingHistory(int Days, int Models, int MaximumRequests)
{
    internal const int MaximumDays = 3650;

    internal IReadOnlyList<BillingLine> Generate(ModelCatalog catalog, PriceCalculator prices, DateTimeOffset now, int seed)
    {
        CatalogModel[] models = SelectModels([.. catalog.Listed.Where(m => m.Kind == ModelKind.Chat || m.Price("actual", "base_price") > 0m)]);
        DateTimeOffset today = new(now.UtcDateTime.Date, TimeSpan.Zero);
        Random random = new(seed);
        List<BillingLine> lines = new(Days * models.Length);
        for (int day = Days; day > 0; day--)
        {
            foreach (CatalogModel model in models)
            {
                string key = random.Next(4) == 0 ? BillingLine.OtherKeyId : BillingLine.EmulatorKeyId;
                (decimal amount, BilledUsage usage) = GenerateUsage(model, prices, random);
                lines.Add(new BillingLine(today.AddDays(-day).AddHours(random.Next(24)), model.Id, key, amount, usage));
            }
        }

        return lines;
    }

    private (decimal Amount, BilledUsage Use) GenerateUsage(CatalogModel model, PriceCalculator prices, Random random)
    {
        int requests = random.Next(1, MaximumRequests + 1);
        if (model.Kind == ModelKind.Chat)
        {
            BilledUsage chatUsage = new("text")
            {
                Requests = requests,
                InputTokens = requests * random.Next(100, 10_000),
                OutputTokens = requests * random.Next(10, 1_000),
            };
            decimal price = PriceCalculator.CalculateChatPrice(model, chatUsage.InputTokens, chatUsage.OutputTokens);
            return (Math.Round(price, 6, MidpointRounding.AwayFromZero), chatUsage);
        }

        decimal amount = 0m;
        BilledUsage? usage = null;
        for (int i = 0; i < requests; i++)
        {
            amount += prices.Quote(model, []).Price;
            usage = usage?.Add(prices.GetUsage(model, [])) ?? prices.GetUsage(model, []);
        }

        return (amount, usage!);
    }

    // Spreads the selection over the catalog: its first models are all from one vendor.
    private CatalogModel[] SelectModels(CatalogModel[] all) =>
        [.. Enumerable.Range(0, Math.Min(Models, all.Length)).Select(i => all[(int)((long)i * all.Length / Math.Min(Models, all.Length))])];
}
