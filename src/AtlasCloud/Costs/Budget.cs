using System.Globalization;

namespace AtlasCloud.Costs;

/// <summary>
/// Keeps the requests of a client within the limits that the user set. Money is set aside before a request is sent, so that
/// requests in parallel cannot pass the budget between them. It is counted as spent once the service took the request, at the
/// quote first and at the settled price as soon as that is seen. Without a budget nothing is counted.
/// </summary>
internal sealed class Budget(decimal? budget)
{
    private readonly object _lock = new();

    // What is counted at its quote, because its settled price has not been seen yet.
    private readonly Dictionary<string, decimal> _unsettled = new(StringComparer.Ordinal);
    private decimal _spent;
    private decimal _reserved;

    internal decimal? Limit => budget;

    /// <summary>What the service took requests for; null without a budget.</summary>
    internal decimal? Spent => budget is null ? null : State().Spent;

    /// <summary>What is set aside for requests on the wire, and for those whose outcome is not known; null without a budget.</summary>
    internal decimal? Reserved => budget is null ? null : State().Reserved;

    /// <summary>What is left; null without a budget. Below zero where more was charged than was quoted.</summary>
    internal decimal? Remaining => State() is var (spent, reserved) ? budget - spent - reserved : null;

    /// <summary>Whether a request has to be priced before it may be sent.</summary>
    internal bool NeedsQuote(GenerationRequest request) => budget is not null || request.MaxCost is not null;

    /// <summary>A guard that begins where this one stands: what happens to it does not happen to this one.</summary>
    internal Budget Copy()
    {
        (decimal spent, decimal reserved) = State();
        return new Budget(budget) { _spent = spent, _reserved = reserved };
    }

    /// <summary>Sets the cost of a request aside.</summary>
    /// <exception cref="AtlasCloudException">BudgetExceeded: it costs more than is allowed or left, or nobody can tell.</exception>
    internal BudgetReservation Reserve(CostEstimate cost, GenerationRequest request)
    {
        if (cost.Doubt is string doubt && NeedsQuote(request) && !request.AllowUnknownCost)
        {
            throw CostErrors.PriceUnknown(cost, doubt);
        }

        if (request.MaxCost is decimal most && cost.Known > most)
        {
            throw CostErrors.MaxCostExceeded(cost, most);
        }

        lock (_lock)
        {
            decimal? left = budget - _spent - _reserved;
            if (cost.Known > left || (cost.Doubt is not null && left <= 0))
            {
                throw CostErrors.BudgetExhausted(cost, Status(left), left);
            }

            _reserved += cost.Known;
        }

        return new BudgetReservation(this, cost.Known);
    }

    /// <summary>Nothing became of a request: its money is free again.</summary>
    internal void Release(BudgetReservation reservation)
    {
        lock (_lock)
        {
            _reserved -= reservation.Amount;
        }
    }

    /// <summary>The service took a request: what was set aside for it is spent.</summary>
    internal void Spend(BudgetReservation reservation, Prediction prediction)
    {
        lock (_lock)
        {
            _reserved -= reservation.Amount;
            _spent += reservation.Amount;
            if (budget is not null)
            {
                _unsettled[prediction.Id] = reservation.Amount;
            }
        }

        Settle(prediction);
    }

    /// <summary>Hears of a prediction, and puts its settled price in the place of its quote once it has one.</summary>
    internal void Settle(Prediction prediction)
    {
        decimal? settled = prediction switch
        {
            { IsFinished: false } => null,
            { Charge: BillingState.NotCharged } => 0,
            { Currency: CostEstimate.Currency } => prediction.Price,
            _ => null,
        };
        lock (_lock)
        {
            if (settled is decimal price && _unsettled.Remove(prediction.Id, out decimal counted))
            {
                _spent += price - counted;
            }
        }
    }

    /// <summary>Refuses what cannot be priced before it is asked, such as a question to a language model, once nothing is left.</summary>
    /// <exception cref="AtlasCloudException">BudgetExceeded.</exception>
    internal void EnsureFunds(string what)
    {
        lock (_lock)
        {
            decimal? left = budget - _spent - _reserved;
            if (left <= 0)
            {
                throw CostErrors.BudgetExhausted(what, Status(left), left);
            }
        }
    }

    /// <summary>Counts what was paid for something that could not be priced before.</summary>
    internal void Add(decimal cost)
    {
        lock (_lock)
        {
            _spent += cost;
        }
    }

    private (decimal Spent, decimal Reserved) State()
    {
        lock (_lock)
        {
            return (_spent, _reserved);
        }
    }

    // Called with the lock held.
    private string Status(decimal? left) => string.Create(
        CultureInfo.InvariantCulture,
        $"Of the budget of {budget} {CostEstimate.Currency}, {_spent} is spent, {_reserved} is reserved and {Math.Max(0, left ?? 0)} is left.");
}
