using AtlasCloud.Costs;

namespace AtlasCloud.Tests;

/// <summary>Cost limits, and the amounts that count against a budget.</summary>
public sealed class BudgetTests
{
    private static readonly CostEstimate s_tenCents = Cost(0.1m);

    [Fact]
    public void Reserve_throws_BudgetExceeded_with_all_amounts_if_the_cost_exceeds_the_remainder()
    {
        Budget budget = new(0.25m);
        budget.Reserve(s_tenCents, Some.Request()).Spend(Some.Prediction("a"));
        budget.Reserve(s_tenCents, Some.Request());

        AtlasCloudException refused = Assert.Throws<AtlasCloudException>(() => budget.Reserve(s_tenCents, Some.Request()));

        Assert.Equal(AtlasCloudErrorKind.BudgetExceeded, refused.Kind);
        Assert.Equal(
            "The request to a/b would cost 0.1 usd. Of the budget of 0.25 usd, 0.1 is spent, 0.1 is reserved and 0.05 is left. Nothing was submitted.", refused.Message);
        Assert.Equal((0.1m, 0.1m, 0.05m), GetAmounts(budget));
    }

    [Fact]
    public void Reserve_accepts_a_cost_that_equals_the_remainder()
    {
        Budget budget = new(0.3m);
        for (int i = 0; i < 3; i++)
        {
            budget.Reserve(s_tenCents, Some.Request());
        }

        Assert.Equal(0m, budget.Remaining);
    }

    [Fact]
    public void Concurrent_reservations_do_not_exceed_the_budget()
    {
        Budget budget = new(1m);
        int taken = 0;

        Parallel.For(0, 1000, new ParallelOptions { MaxDegreeOfParallelism = 10 }, i =>
        {
            try
            {
                BudgetReservation reservation = budget.Reserve(s_tenCents, Some.Request());
                Interlocked.Increment(ref taken);
                reservation.Spend(Some.Prediction($"p{i}"));
            }
            catch (AtlasCloudException)
            {
                Assert.True(budget.Remaining >= 0);
            }
        });

        Assert.Equal(10, taken);
        Assert.Equal((1m, 0m, 0m), GetAmounts(budget));
    }

    [Fact]
    public void Reserve_throws_BudgetExceeded_only_if_the_cost_exceeds_MaxCost()
    {
        Budget budget = new(null);

        AtlasCloudException refused = Assert.Throws<AtlasCloudException>(() => budget.Reserve(s_tenCents, Some.Request() with { MaxCost = 0.09m }));
        budget.Reserve(s_tenCents, Some.Request() with { MaxCost = 0.1m });

        Assert.Equal("The request to a/b would cost 0.1 usd, more than the limit of 0.09 usd per request. Nothing was submitted.", refused.Message);
    }

    public static TheoryData<string> Doubts => ["none", "partial", "euro"];

    [Theory]
    [MemberData(nameof(Doubts))]
    public void Reserve_throws_PriceUnknown_unless_AllowUnknownCost_is_set(string doubt)
    {
        CostEstimate cost = doubt switch
        {
            "none" => new CostEstimate("a/b", null, new AtlasCloudException(AtlasCloudErrorKind.UnexpectedReply, "It names no amount.")),
            "partial" => Cost(0.1m, quote => quote with { IsPartial = true }),
            _ => Cost(0.1m, quote => quote with { Currency = "eur" }),
        };
        Budget budget = new(1m);
        GenerationRequest request = Some.Request() with { MaxCost = 1000m };

        AtlasCloudException refused = Assert.Throws<AtlasCloudException>(() => budget.Reserve(cost, request));
        budget.Reserve(cost, request with { AllowUnknownCost = true });

        Assert.Equal(AtlasCloudErrorKind.BudgetExceeded, refused.Kind);
        Assert.Contains("was not submitted", refused.Message, StringComparison.Ordinal);
        Assert.Contains(doubt == "none" ? "is unknown" : "cannot be compared with the cost limit", refused.Message, StringComparison.Ordinal);
        Assert.Equal(AtlasCloudErrorReason.PriceUnknown, refused.Reason);
        Assert.Equal(doubt == "partial" ? 0.1m : 0m, budget.Reserved);
    }

    [Fact]
    public void Reserve_accepts_an_unknown_cost_without_a_limit() =>
        new Budget(null).Reserve(new CostEstimate("a/b", null), Some.Request());

    [Fact]
    public void Reserve_rejects_an_unknown_cost_once_the_budget_is_used_up()
    {
        Budget budget = new(0.1m);
        budget.Reserve(s_tenCents, Some.Request());

        Assert.Throws<AtlasCloudException>(() => budget.Reserve(new CostEstimate("a/b", null), Some.Request() with { AllowUnknownCost = true }));
    }

    [Fact]
    public void Release_returns_the_amount_of_a_request_that_was_cancelled_before_it_was_sent()
    {
        Budget budget = new(1m);

        budget.Reserve(s_tenCents, Some.Request()).Release(new OperationCanceledException());

        Assert.Equal((0m, 0m, 1m), GetAmounts(budget));
    }

    [Fact]
    public void Release_keeps_the_amount_of_a_request_that_was_cancelled_in_flight_reserved()
    {
        Budget budget = new(1m);
        BudgetReservation reservation = budget.Reserve(s_tenCents, Some.Request());
        reservation.MarkSent();

        reservation.Release(new OperationCanceledException());

        Assert.Equal((0m, 0.1m, 0.9m), GetAmounts(budget));
    }

    [Fact]
    public void Settle_replaces_the_quote_with_the_settled_price_once()
    {
        Budget budget = new(1m);
        budget.Reserve(s_tenCents, Some.Request()).Spend(Some.Prediction("a"));
        Prediction settled = Some.Prediction("a") with { State = PredictionState.Succeeded, Charge = BillingState.Charged, Price = 0.07m };

        budget.Settle(Some.Prediction("a") with { Price = 0.5m });
        Assert.Equal(0.1m, budget.Spent);
        budget.Settle(settled with { Price = null, Charge = BillingState.Unknown });
        Assert.Equal(0.1m, budget.Spent);
        budget.Settle(settled);
        budget.Settle(settled with { Price = 0.9m });

        Assert.Equal((0.07m, 0m, 0.93m), GetAmounts(budget));
    }

    [Fact]
    public void Settle_returns_the_amount_of_a_failed_prediction_that_was_not_charged()
    {
        Budget budget = new(1m);
        budget.Reserve(s_tenCents, Some.Request()).Spend(Some.Prediction("a"));

        budget.Settle(Some.Prediction("a") with { State = PredictionState.Failed, Charge = BillingState.NotCharged });

        Assert.Equal((0m, 0m, 1m), GetAmounts(budget));
    }

    [Fact]
    public void Settle_ignores_predictions_of_other_clients()
    {
        Budget budget = new(1m);

        budget.Settle(Some.Prediction("other") with { State = PredictionState.Succeeded, Charge = BillingState.Charged, Price = 0.5m });

        Assert.Equal(0m, budget.Spent);
    }

    [Fact]
    public void Preview_counts_against_the_remainder_and_reserves_nothing()
    {
        Budget budget = new(0.25m);
        budget.Reserve(s_tenCents, Some.Request());
        BudgetPreview preview = budget.StartPreview();

        preview.Add(s_tenCents);

        Assert.Throws<AtlasCloudException>(() => preview.Add(s_tenCents));
        Assert.Equal(0.15m, budget.Remaining);
    }

    [Fact]
    public void Amounts_are_null_without_a_budget()
    {
        Budget budget = new(null);
        budget.Reserve(Cost(1000m), Some.Request()).Spend(Some.Prediction("a"));

        Assert.Null(budget.Spent);
        Assert.Null(budget.Reserved);
        Assert.Null(budget.Remaining);
    }

    private static CostEstimate Cost(decimal price, Func<Quote, Quote>? change = null)
    {
        Quote quote = new() { Price = price };
        return new CostEstimate("a/b", change?.Invoke(quote) ?? quote);
    }

    private static (decimal? Spent, decimal? Reserved, decimal? Remaining) GetAmounts(Budget budget) => (budget.Spent, budget.Reserved, budget.Remaining);
}
