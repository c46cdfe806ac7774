using AtlasCloud.Costs;

namespace AtlasCloud.Tests;

/// <summary>A limit of cost, and what is counted against a budget.</summary>
public sealed class BudgetTests
{
    private static readonly CostEstimate s_dime = Cost(0.1m);

    [Fact]
    public void What_fits_is_set_aside_and_what_does_not_is_refused_with_all_the_numbers()
    {
        Budget guard = new(0.25m);
        guard.Reserve(s_dime, Some.Request()).Spend(Some.Prediction("a"));
        guard.Reserve(s_dime, Some.Request());

        AtlasCloudException refused = Assert.Throws<AtlasCloudException>(() => guard.Reserve(s_dime, Some.Request()));

        Assert.Equal(AtlasCloudErrorKind.BudgetExceeded, refused.Kind);
        Assert.Equal(
            "The request to a/b would cost 0.1 usd. Of the budget of 0.25 usd, 0.1 is spent, 0.1 is reserved and 0.05 is left. Nothing was submitted.", refused.Message);
        Assert.Equal((0.1m, 0.1m, 0.05m), Stand(guard));
    }

    [Fact]
    public void The_last_cent_of_a_budget_can_be_spent()
    {
        Budget guard = new(0.3m);
        for (int i = 0; i < 3; i++)
        {
            guard.Reserve(s_dime, Some.Request());
        }

        Assert.Equal(0m, guard.Remaining);
    }

    [Fact]
    public void Requests_in_parallel_cannot_pass_the_budget_between_them()
    {
        Budget guard = new(1m);
        int taken = 0;

        Parallel.For(0, 1000, new ParallelOptions { MaxDegreeOfParallelism = 10 }, i =>
        {
            try
            {
                BudgetReservation reservation = guard.Reserve(s_dime, Some.Request());
                Interlocked.Increment(ref taken);
                reservation.Spend(Some.Prediction($"p{i}"));
            }
            catch (AtlasCloudException)
            {
                Assert.True(guard.Remaining >= 0);
            }
        });

        Assert.Equal(10, taken);
        Assert.Equal((1m, 0m, 0m), Stand(guard));
    }

    [Fact]
    public void A_dearer_request_than_the_limit_for_one_is_refused_and_one_at_the_limit_is_not()
    {
        Budget guard = new(null);

        AtlasCloudException refused = Assert.Throws<AtlasCloudException>(() => guard.Reserve(s_dime, Some.Request() with { MaxCost = 0.09m }));
        guard.Reserve(s_dime, Some.Request() with { MaxCost = 0.1m });

        Assert.Equal("The request to a/b would cost 0.1 usd, more than the limit of 0.09 usd per request. Nothing was submitted.", refused.Message);
    }

    public static TheoryData<string> Doubts => ["none", "partial", "euro"];

    [Theory]
    [MemberData(nameof(Doubts))]
    public void A_cost_that_is_not_known_is_too_much_unless_that_is_allowed(string doubt)
    {
        CostEstimate cost = doubt switch
        {
            "none" => new CostEstimate("a/b", null, new AtlasCloudException(AtlasCloudErrorKind.UnexpectedReply, "It names no amount.")),
            "partial" => Cost(0.1m, quote => quote with { IsPartial = true }),
            _ => Cost(0.1m, quote => quote with { Currency = "eur" }),
        };
        Budget guard = new(1m);
        GenerationRequest request = Some.Request() with { MaxCost = 1000m };

        AtlasCloudException refused = Assert.Throws<AtlasCloudException>(() => guard.Reserve(cost, request));
        guard.Reserve(cost, request with { AllowUnknownCost = true });

        Assert.Equal(AtlasCloudErrorKind.BudgetExceeded, refused.Kind);
        Assert.Contains("was not submitted", refused.Message, StringComparison.Ordinal);
        Assert.Equal(AtlasCloudErrorReason.PriceUnknown, refused.Reason);
        Assert.Equal(doubt == "partial" ? 0.1m : 0m, guard.Reserved);
    }

    [Fact]
    public void Where_there_is_no_limit_nobody_minds_that_a_cost_is_not_known() =>
        new Budget(null).Reserve(new CostEstimate("a/b", null), Some.Request());

    [Fact]
    public void What_cannot_be_priced_is_refused_all_the_same_once_nothing_is_left()
    {
        Budget guard = new(0.1m);
        guard.Reserve(s_dime, Some.Request());

        Assert.Throws<AtlasCloudException>(() => guard.Reserve(new CostEstimate("a/b", null), Some.Request() with { AllowUnknownCost = true }));
    }

    [Fact]
    public void A_request_that_was_stopped_before_it_left_gives_its_money_back()
    {
        Budget guard = new(1m);

        guard.Reserve(s_dime, Some.Request()).Release(new OperationCanceledException());

        Assert.Equal((0m, 0m, 1m), Stand(guard));
    }

    [Fact]
    public void A_request_that_was_stopped_on_the_wire_keeps_its_money_aside()
    {
        Budget guard = new(1m);
        BudgetReservation reservation = guard.Reserve(s_dime, Some.Request());
        reservation.MarkSent();

        reservation.Release(new OperationCanceledException());

        Assert.Equal((0m, 0.1m, 0.9m), Stand(guard));
    }

    [Fact]
    public void The_settled_price_takes_the_place_of_the_quote_once()
    {
        Budget guard = new(1m);
        guard.Reserve(s_dime, Some.Request()).Spend(Some.Prediction("a"));
        Prediction settled = Some.Prediction("a") with { State = PredictionState.Succeeded, Charge = BillingState.Charged, Price = 0.07m };

        guard.Settle(Some.Prediction("a") with { Price = 0.5m });
        Assert.Equal(0.1m, guard.Spent);
        guard.Settle(settled with { Price = null, Charge = BillingState.Unknown });
        Assert.Equal(0.1m, guard.Spent);
        guard.Settle(settled);
        guard.Settle(settled with { Price = 0.9m });

        Assert.Equal((0.07m, 0m, 0.93m), Stand(guard));
    }

    [Fact]
    public void A_prediction_that_failed_and_was_not_charged_gives_its_money_back()
    {
        Budget guard = new(1m);
        guard.Reserve(s_dime, Some.Request()).Spend(Some.Prediction("a"));

        guard.Settle(Some.Prediction("a") with { State = PredictionState.Failed, Charge = BillingState.NotCharged });

        Assert.Equal((0m, 0m, 1m), Stand(guard));
    }

    [Fact]
    public void Predictions_of_others_are_not_counted()
    {
        Budget guard = new(1m);

        guard.Settle(Some.Prediction("other") with { State = PredictionState.Succeeded, Charge = BillingState.Charged, Price = 0.5m });

        Assert.Equal(0m, guard.Spent);
    }

    [Fact]
    public void Preview_counts_against_what_is_left_and_reserves_nothing()
    {
        Budget budget = new(0.25m);
        budget.Reserve(s_dime, Some.Request());
        BudgetPreview preview = budget.StartPreview();

        preview.Add(s_dime);

        Assert.Throws<AtlasCloudException>(() => preview.Add(s_dime));
        Assert.Equal(0.15m, budget.Remaining);
    }

    [Fact]
    public void Without_a_budget_nothing_is_counted_and_nothing_is_said()
    {
        Budget guard = new(null);
        guard.Reserve(Cost(1000m), Some.Request()).Spend(Some.Prediction("a"));

        Assert.Null(guard.Spent);
        Assert.Null(guard.Reserved);
        Assert.Null(guard.Remaining);
    }

    private static CostEstimate Cost(decimal price, Func<Quote, Quote>? change = null)
    {
        Quote quote = new() { Price = price };
        return new CostEstimate("a/b", change?.Invoke(quote) ?? quote);
    }

    private static (decimal? Spent, decimal? Reserved, decimal? Remaining) Stand(Budget guard) => (guard.Spent, guard.Reserved, guard.Remaining);
}
