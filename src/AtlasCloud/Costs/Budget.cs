using System.Globalization;
using AtlasCloud.Costs;
using AtlasCloud.Json;

namespace AtlasCloud;

/// <summary>
/// The spending limit of a client, shared by all its requests. Money is reserved before a request is sent, so that concurrent requests cannot
/// exceed the limit together. An accepted request counts at its quote first, and at its settled price once that is known.
/// </summary>
/// <remarks>
/// Thread-safe. Without a limit nothing is counted and all amounts are null. Sums stop at the largest decimal instead of overflowing: counting never costs
/// a caller its result.
/// </remarks>
public sealed class Budget
{
    private readonly object _lock = new();

    // What a prediction counts whose price is not final: its quote until it has finished, or nothing if it failed without a charge.
    private readonly Dictionary<string, decimal> _unsettled = new(StringComparer.Ordinal);
    private decimal _spent;
    private decimal _reserved;

    internal Budget(decimal? limit) => Limit = limit;

    /// <summary>The most that may be spent, in US dollars; null if there is no limit.</summary>
    public decimal? Limit { get; }

    /// <summary>The price of all accepted requests, in US dollars; null without a limit.</summary>
    public decimal? Spent => Limit is null ? null : Amounts().Spent;

    /// <summary>The amount reserved for requests in flight and for requests whose outcome is unknown, in US dollars; null without a limit.</summary>
    public decimal? Reserved => Limit is null ? null : Amounts().Reserved;

    /// <summary>The amount left, in US dollars; null without a limit. Negative if more was charged than quoted.</summary>
    public decimal? Remaining
    {
        get
        {
            lock (_lock)
            {
                return Left();
            }
        }
    }

    /// <summary>Starts a preview: requests that are added to it count against the amount left, without reserving anything here.</summary>
    public BudgetPreview StartPreview()
    {
        (decimal spent, decimal reserved) = Amounts();
        return new BudgetPreview(new Budget(Limit) { _spent = spent, _reserved = reserved });
    }

    /// <summary>Whether a request must be priced before it may be sent.</summary>
    internal bool NeedsQuote(decimal? maxCost) => Limit is not null || maxCost is not null;

    /// <summary>Reserves the cost of a request.</summary>
    /// <exception cref="AtlasCloudException">BudgetExceeded: the cost exceeds a limit, or is unknown although one is set.</exception>
    internal BudgetReservation Reserve(CostEstimate cost, decimal? maxCost = null, bool allowUnknownCost = false)
    {
        if (cost.Doubt is string doubt && NeedsQuote(maxCost) && !allowUnknownCost)
        {
            throw CostErrors.PriceUnknown(cost, doubt);
        }

        if (maxCost is decimal limit && cost.Known > limit)
        {
            throw CostErrors.MaxCostExceeded(cost, limit);
        }

        lock (_lock)
        {
            decimal? left = Left();
            if (cost.Known > left || (cost.Doubt is not null && left <= 0))
            {
                throw CostErrors.BudgetExhausted(cost, Status(left), left);
            }

            _reserved = Money.Add(_reserved, cost.Known);
        }

        return new BudgetReservation(this, cost.Known);
    }

    /// <summary>Frees a reservation: the request costs nothing.</summary>
    internal void Release(BudgetReservation reservation)
    {
        lock (_lock)
        {
            _reserved = Money.Subtract(_reserved, reservation.Amount);
        }
    }

    /// <summary>Turns a reservation into money spent: the service accepted the request.</summary>
    /// <param name="reservation">The reservation.</param>
    /// <param name="predictionId">The prediction that the request became.</param>
    /// <param name="settledPrice">Its settled price; null while that is unknown.</param>
    internal void Spend(BudgetReservation reservation, string predictionId, decimal? settledPrice)
    {
        lock (_lock)
        {
            _reserved = Money.Subtract(_reserved, reservation.Amount);
            _spent = Money.Add(_spent, reservation.Amount);
            if (Limit is not null)
            {
                // What an earlier request with the same ID counts stays spent.
                _unsettled[predictionId] = reservation.Amount;
            }
        }

        Settle(predictionId, settledPrice);
    }

    /// <summary>
    /// Replaces the quote of a prediction by its settled price, the first time that is known. Zero is not final: a task that was reported as failed can still
    /// turn out to be charged. A price that cannot be real counts as unknown.
    /// </summary>
    internal void Settle(string predictionId, decimal? settledPrice)
    {
        lock (_lock)
        {
            if (Money.CheckPrice(settledPrice) is not decimal price || !_unsettled.Remove(predictionId, out decimal counted))
            {
                return;
            }

            _spent = Money.Subtract(Money.Add(_spent, price), counted);
            if (price == 0)
            {
                _unsettled[predictionId] = 0;
            }
        }
    }

    /// <summary>Refuses a request that cannot be priced in advance, such as a chat message, once nothing is left.</summary>
    /// <exception cref="AtlasCloudException">BudgetExceeded.</exception>
    internal void EnsureFunds(string description)
    {
        lock (_lock)
        {
            decimal? left = Left();
            if (left <= 0)
            {
                throw CostErrors.BudgetExhausted(description, Status(left), left);
            }
        }
    }

    /// <summary>Counts the cost of a request that could not be priced in advance.</summary>
    internal void Add(decimal cost)
    {
        lock (_lock)
        {
            _spent = Money.Add(_spent, Math.Max(0, cost));
        }
    }

    private (decimal Spent, decimal Reserved) Amounts()
    {
        lock (_lock)
        {
            return (_spent, _reserved);
        }
    }

    // Called with the lock held.
    private decimal? Left() => Limit is decimal limit ? Money.Subtract(limit, Money.Add(_spent, _reserved)) : null;

    // Called with the lock held.
    private string Status(decimal? left) => string.Create(
        CultureInfo.InvariantCulture,
        $"Of the budget of {Limit} {CostEstimate.LimitCurrency}, {_spent} is spent, {_reserved} is reserved and {Math.Max(0, left ?? 0)} is left.");
}
