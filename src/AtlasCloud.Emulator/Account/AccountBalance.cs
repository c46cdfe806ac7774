using AtlasCloud.Emulation.Management;

namespace AtlasCloud.Emulation.Account;

/// <summary>The balance of the account, and every charge, reserved or booked.</summary>
internal sealed class AccountBalance
{
    private readonly object _lock = new();
    private readonly List<Charge> _charges = [];
    private readonly SpendingLimits _limits;
    private decimal _available;
    private decimal _frozen;

    internal AccountBalance(decimal balance, SpendingLimits limits) => (_available, _limits) = (balance, limits);

    internal decimal Available
    {
        get
        {
            lock (_lock)
            {
                return _available;
            }
        }
    }

    internal decimal Frozen
    {
        get
        {
            lock (_lock)
            {
                return _frozen;
            }
        }
    }

    internal IReadOnlyList<Charge> Charges
    {
        get
        {
            lock (_lock)
            {
                // An array, because the list type that the compiler generates has no indexer that a script can use.
                return _charges.ToArray();
            }
        }
    }

    /// <summary>Reserves the price of a task. Returns the index of the charge, or why the balance or a limit does not cover it.</summary>
    internal (int Index, string? Refusal) TryReserve(Charge charge)
    {
        lock (_lock)
        {
            string? refusal = _limits.FindExceeded(charge.ApiKeyId, charge.Amount, charge.Time, _charges)
                ?? (charge.Amount > _available - _frozen ? "insufficient balance" : null);
            if (refusal is not null)
            {
                return (-1, refusal);
            }

            _frozen += charge.Amount;
            _charges.Add(charge with { State = ChargeState.Reserved });
            return (_charges.Count - 1, null);
        }
    }

    /// <summary>Why work whose price is not known yet cannot start; null if it can.</summary>
    /// <param name="keyId">The public ID of the key; null for a key that the management API did not create.</param>
    /// <param name="now">The current time.</param>
    internal string? FindRefusal(string? keyId, DateTimeOffset now)
    {
        const decimal Smallest = 0.000001m;
        lock (_lock)
        {
            return _limits.FindExceeded(keyId, Smallest, now, _charges) ?? (_available - _frozen <= 0m ? "insufficient balance" : null);
        }
    }

    /// <summary>Books or releases a reserved charge.</summary>
    /// <param name="index">The index of the charge.</param>
    /// <param name="settled">The amount to book, at most the reserved one; null to release it.</param>
    internal void Settle(int index, decimal? settled)
    {
        lock (_lock)
        {
            Charge charge = _charges[index];
            _frozen -= charge.Amount;
            _available -= settled ?? 0m;
            _charges[index] = charge with { Amount = settled ?? charge.Amount, State = settled is null ? ChargeState.Released : ChargeState.Charged };
        }
    }

    /// <summary>Books a charge for work that is already done. Such a charge can overdraw the account.</summary>
    internal void AddCharge(Charge charge)
    {
        lock (_lock)
        {
            _available -= charge.Amount;
            _charges.Add(charge with { State = ChargeState.Charged });
        }
    }
}
