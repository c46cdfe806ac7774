using AtlasCloud.Emulation.Catalog;
using AtlasCloud.Emulation.Pricing;

namespace AtlasCloud.Emulation.Account;

/// <summary>Days that were billed before the emulator started. The same scenario gives the same past.</summary>
/// <param name="Days">How many days before the first one of the emulator.</param>
/// <param name="Models">How many models were used on each of them.</param>
/// <param name="Requests">The most requests for a model on a day.</param>
internal sealed record BillingPast(int Days, int Models, int Requests)
{
    internal const int MostDays = 3650;

    internal IReadOnlyList<BillingLine> Write(ModelCatalog catalog, PriceList prices, DateTimeOffset now, int seed)
    {
        CatalogModel[] models = Spread([.. catalog.Listed.Where(m => m.Kind == ModelKind.Chat || m.Price("actual", "base_price") > 0m)]);
        DateTimeOffset today = new(now.UtcDateTime.Date, TimeSpan.Zero);
        Random random = new(seed);
        List<BillingLine> lines = new(Days * models.Length);
        for (int day = Days; day > 0; day--)
        {
            foreach (CatalogModel model in models)
            {
                string key = random.Next(4) == 0 ? BillingLine.OtherKey : BillingLine.OwnKey;
                (decimal amount, BilledUse use) = Bill(model, prices, random);
                lines.Add(new BillingLine(today.AddDays(-day).AddHours(random.Next(24)), model.Id, key, amount, use));
            }
        }

        return lines;
    }

    private (decimal Amount, BilledUse Use) Bill(CatalogModel model, PriceList prices, Random random)
    {
        int requests = random.Next(1, Requests + 1);
        if (model.Kind == ModelKind.Chat)
        {
            BilledUse talk = new("text") { Requests = requests, InputTokens = requests * random.Next(100, 10_000), OutputTokens = requests * random.Next(10, 1_000) };
            return (Math.Round(PriceList.ChatPrice(model, talk.InputTokens, talk.OutputTokens), 6, MidpointRounding.AwayFromZero), talk);
        }

        decimal amount = 0m;
        BilledUse? use = null;
        for (int i = 0; i < requests; i++)
        {
            amount += prices.Quote(model, []).Price;
            use = use?.Plus(prices.UseOf(model, [])) ?? prices.UseOf(model, []);
        }

        return (amount, use!);
    }

    // Some of every kind, and not the first ones, which are all of one maker.
    private CatalogModel[] Spread(CatalogModel[] all) =>
        [.. Enumerable.Range(0, Math.Min(Models, all.Length)).Select(i => all[(int)((long)i * all.Length / Math.Min(Models, all.Length))])];
}
