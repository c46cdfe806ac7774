using AtlasCloud.Costs;
using AtlasCloud.Submission;

namespace AtlasCloud.Tests;

/// <summary>Uses a budget with requests and predictions, as the submitter does.</summary>
internal static class BudgetExtensions
{
    internal static BudgetReservation Reserve(this Budget budget, CostEstimate cost, GenerationRequest request) =>
        budget.Reserve(cost, request.MaxCost, request.AllowUnknownCost);

    internal static void Settle(this Budget budget, Prediction prediction) => budget.Settle(prediction.Id, prediction.SettledPrice);

    internal static void Spend(this BudgetReservation reservation, Prediction prediction) => new ReservedCost(reservation, null).Settle(prediction);

    internal static void Release(this BudgetReservation reservation, Exception exception) => new ReservedCost(reservation, null).Settle(exception);
}
