namespace AtlasCloud.Emulation.Account;

/// <summary>The balance of the account, and every charge, reserved or booked.</summary>
internal sealed class AccountBalance
{
    private readonly object _lock = new();
    private readonly List<Charge> _charges = [];
    private decimal _available;
    private decimal _frozen;

    internal AccountBalance(decimal balance) => _available = balance;

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

    /// <summary>Reserves the price of a task. Returns the index of the charge, or null if the balance does not cover it.</summary>
    internal int? TryReserve(Charge charge)
    {
        lock (_lock)
        {
            if (charge.Amount > _available - _frozen)
            {
                return null;
            }

            _frozen += charge.Amount;
            _charges.Add(charge with { State = ChargeState.Reserved });
            return _charges.Count - 1;
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
