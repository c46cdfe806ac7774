namespace AtlasCloud.Tests.Reuse;

public sealed class RunSummaryTests
{
    private static readonly Prediction s_paid = Some.Prediction("paid") with { State = PredictionState.Succeeded, Price = 0.08m, Charge = BillingState.Charged };

    [Fact]
    public void Create_counts_what_this_run_paid()
    {
        RunSummary summary = RunSummary.Create(
            [s_paid, s_paid with { IsReused = true }, Some.Prediction("failed") with { State = PredictionState.Failed, Charge = BillingState.NotCharged }],
            rows: 4,
            saved: 2,
            [new SavedFile { Path = "a.png" }],
            TimeSpan.FromSeconds(151));

        Assert.Equal((4, 1, 1, 2, 0.08m, 0), (summary.Rows, summary.Reused, summary.Paid, summary.Failed, summary.Cost, summary.NotPriced));
        Assert.Equal("4 rows: 1 reused, 1 paid, 2 failed; 1 file; 0.08 usd; 0:02:31", summary.ToString());
    }

    [Fact]
    public void Create_does_not_count_an_unknown_price_as_zero()
    {
        Prediction unknown = Some.Prediction("unknown");

        RunSummary all = RunSummary.Create([unknown], 1, 0, [], TimeSpan.Zero);
        RunSummary some = RunSummary.Create([unknown, s_paid], 2, 0, [], TimeSpan.Zero);

        Assert.Equal((null, 1), (all.Cost, all.NotPriced));
        Assert.Equal((0.08m, 1), (some.Cost, some.NotPriced));
        Assert.Contains("cost unknown", all.ToString(), StringComparison.Ordinal);
        Assert.Contains("0.08 usd and 1 unknown price;", some.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Create_without_a_paid_prediction_costs_zero() => Assert.Equal(0, RunSummary.Create([s_paid with { IsReused = true }], 1, 1, [], TimeSpan.Zero).Cost);

    [Fact]
    public void Create_does_not_add_prices_of_several_currencies() =>
        Assert.Null(RunSummary.Create([s_paid, s_paid with { Currency = "cny" }], 2, 2, [], TimeSpan.Zero).Cost);
}
