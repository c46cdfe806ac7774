namespace AtlasCloud.Costs;

/// <summary>Money that is set aside for one request, until it is known what became of it.</summary>
internal sealed class BudgetReservation(Budget guard, decimal amount)
{
    private volatile bool _isSent;

    internal decimal Amount => amount;

    /// <summary>Says that the request is about to leave: from here on a silence may mean that it was accepted.</summary>
    internal void MarkSent() => _isSent = true;

    /// <summary>The service took the request.</summary>
    internal void Spend(Prediction prediction) => guard.Spend(this, prediction);

    /// <summary>There is no prediction. What was refused costs nothing; what may have been accepted stays set aside.</summary>
    internal void Release(Exception exception)
    {
        if (exception is AtlasCloudException { Target: Prediction failed })
        {
            guard.Spend(this, failed);
        }
        else if (exception is AtlasCloudException { Kind: not AtlasCloudErrorKind.SubmitOutcomeUnknown } || !_isSent)
        {
            guard.Release(this);
        }
    }
}
