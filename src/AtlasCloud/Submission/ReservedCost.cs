using AtlasCloud.Costs;

namespace AtlasCloud.Submission;

/// <summary>The cost of a request that was priced before its submit.</summary>
/// <param name="Reservation">The money reserved for it.</param>
/// <param name="Quote">The service's quote; null if it gave no price.</param>
internal sealed record ReservedCost(BudgetReservation Reservation, Quote? Quote)
{
    /// <summary>Settles the reservation of a request that was accepted.</summary>
    internal void Settle(Prediction prediction) => Reservation.Spend(prediction.Id, prediction.SettledPrice);

    /// <summary>Settles the reservation of a request that failed. A refused request costs nothing; one that may have been accepted stays reserved.</summary>
    internal void Settle(Exception exception)
    {
        if (exception is AtlasCloudException { Target: Prediction failed })
        {
            Settle(failed);
        }
        else if (exception is AtlasCloudException known ? known.Kind != AtlasCloudErrorKind.SubmitOutcomeUnknown : !Reservation.IsSent)
        {
            Reservation.Release();
        }
    }
}
