using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Tests.Plain;

/// <summary>The core against the emulator: what it reads as the bill is what was charged.</summary>
public sealed class BillEndToEndTests
{
    private static readonly GenerationRequest s_image = new() { Model = "black-forest-labs/flux-schnell", Prompt = "a lighthouse" };

    [Fact]
    public async Task ListCostsAsync_returns_exactly_what_the_ledger_charged()
    {
        const int Count = 37;
        ManualDays clock = new();
        using Emulator emulator = Emulator.Start(new EmulatorOptions { TimeScale = 0, Clock = clock });
        using AtlasCloudClient client = ClientOf(emulator, clock);
        for (int i = 0; i < Count; i++)
        {
            await client.Predictions.CreateAsync(s_image, GenerationKind.Image);
        }

        CostRow cost = Assert.Single(await ListAsync(client.Account.ListCostsAsync(Today(clock))));
        UsageRow usage = Assert.Single(await ListAsync(client.Account.ListUsageAsync(Today(clock) with { GroupBy = [BillingGroup.Model] })));

        Assert.Equal(emulator.Charges.Sum(c => c.Amount), cost.Amount);
        Assert.Equal(100m - emulator.Balance, cost.Amount);
        Assert.True(cost is { Amount: > 0m, IsPartial: true });
        Assert.Equal((Count, Count, s_image.Model), (usage.Requests, usage.Images, usage.Model));
    }

    [Fact]
    public async Task ListCostsAsync_returns_every_day_of_several_years_once()
    {
        ManualDays clock = new();
        using Emulator emulator = Emulator.Start(new EmulatorOptions { Clock = clock, Scenario = EmulatorScenario.Parse("""{"history":{"days":800,"models":8}}""") });
        using AtlasCloudClient client = ClientOf(emulator, clock);
        BillingQuery query = Today(clock) with { From = Today(clock).From.AddDays(-800), IsAccountWide = true };

        List<CostRow> byModel = await ListAsync(client.Account.ListCostsAsync(query with { GroupBy = [BillingGroup.Model] }));
        List<CostRow> byDay = await ListAsync(client.Account.ListCostsAsync(query));
        List<CostRow> picked = await ListAsync(client.Account.ListCostsAsync(query with { ModelFilter = _ => true }));

        Assert.Equal(6400, byModel.Count);
        Assert.Equal(Enumerable.Range(1, 800).Select(i => query.Until.AddDays(-i - 1)).Reverse(), byDay.Select(r => DateOnly.FromDateTime(r.Date)));
        Assert.Equal(byModel.Sum(r => r.Amount), byDay.Sum(r => r.Amount));
        Assert.Equal(byDay.Select(r => r.ToString()), picked.Select(r => r.ToString()));
        Assert.Contains(emulator.Ledger, e => e.Path.Contains("&page=", StringComparison.Ordinal));
        Assert.All(emulator.Ledger, e => Assert.Equal(200, e.Status));
    }

    [Fact]
    public async Task ListCostsAsync_is_rejected_for_the_account_and_works_for_the_own_user_with_a_restricted_key()
    {
        ManualDays clock = new();
        using Emulator emulator = Emulator.Start(new EmulatorOptions { Clock = clock, Scenario = EmulatorScenario.Parse("""{"restrictedKey":true}""") });
        using AtlasCloudClient client = ClientOf(emulator, clock);

        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(() => ListAsync(client.Account.ListCostsAsync(Today(clock) with { IsAccountWide = true })));

        Assert.Equal(AtlasCloudErrorKind.PermissionDenied, refused.Kind);
        Assert.Contains("Use -Scope Self", ErrorAdvice.For(refused), StringComparison.Ordinal);
        Assert.Empty(await ListAsync(client.Account.ListCostsAsync(Today(clock))));
    }

    [Fact]
    public async Task CreateAsync_throws_ModelNotFound_when_the_model_was_removed_after_the_catalog_was_read()
    {
        using Emulator emulator = Emulator.Start(new EmulatorOptions
        {
            TimeScale = 0,
            Scenario = EmulatorScenario.Parse("""{"catalog":[{"model":"black-forest-labs/*","gone":true,"afterRequests":2}]}"""),
        });
        using AtlasCloudClient client = ClientOf(emulator, TimeProvider.System);
        await client.Models.ListAsync();

        // The schema is the second request, the submit the third.
        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(() => client.Predictions.CreateAsync(s_image, GenerationKind.Image));

        Assert.Equal(AtlasCloudErrorKind.ModelNotFound, refused.Kind);
        Assert.Empty(emulator.Charges);
    }

    private static AtlasCloudClient ClientOf(Emulator emulator, TimeProvider clock) =>
        new(new AtlasCloudOptions { ApiKey = emulator.ApiKey, BaseUri = emulator.BaseUri, MaximumRetryCount = 0 }, clock: clock);

    private static BillingQuery Today(TimeProvider clock)
    {
        DateOnly today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return new BillingQuery { From = today, Until = today.AddDays(1) };
    }

    private static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> rows)
    {
        List<T> list = [];
        await foreach (T row in rows)
        {
            list.Add(row);
        }

        return list;
    }

    /// <summary>A day that does not end while a test runs.</summary>
    private sealed class ManualDays : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 8, 26, 9, 15, 2, TimeSpan.Zero);
    }
}
