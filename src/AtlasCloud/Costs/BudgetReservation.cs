namespace AtlasCloud.Costs;

/// <summary>Money reserved for one request until its outcome is known.</summary>
internal sealed class BudgetReservation(Budget budget, decimal amount)
{
    private volatile bool _isSent;

    internal decimal Amount => amount;

    /// <summary>Whether the request may have reached the service. From then on a missing answer can mean that it was accepted.</summary>
    internal bool IsSent => _isSent;

    /// <summary>Notes that the request is about to leave.</summary>
    internal void MarkSent() => _isSent = true;

    /// <summary>Notes that the request was refused or did not leave, so that nothing is open until it is sent again.</summary>
    internal void MarkNotSent() => _isSent = false;

    /// <summary>The service accepted the request.</summary>
    internal void Spend(string predictionId, decimal? settledPrice) => budget.Spend(this, predictionId, settledPrice);

    /// <summary>The request costs nothing.</summary>
    internal void Release() => budget.Release(this);
}
