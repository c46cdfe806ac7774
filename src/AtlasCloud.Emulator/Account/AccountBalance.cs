namespace AtlasCloud.Emulation.Account;

/// <summary>The money of the account, and everything that was or will be charged to it.</summary>
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
                // An array: a list of the compiler has no indexer that a script could see.
                return _charges.ToArray();
            }
        }
    }

    /// <summary>Sets the price of a task aside. The place of the charge, or null where there is not enough money left.</summary>
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

    /// <summary>Takes or gives back what was set aside.</summary>
    internal void Settle(int index, bool isCharged)
    {
        lock (_lock)
        {
            Charge charge = _charges[index];
            _frozen -= charge.Amount;
            _available -= isCharged ? charge.Amount : 0m;
            _charges[index] = charge with { State = isCharged ? ChargeState.Charged : ChargeState.Released };
        }
    }

    /// <summary>Takes money for something that is already done. Such a bill may overdraw the account.</summary>
    internal void AddCharge(Charge charge)
    {
        lock (_lock)
        {
            _available -= charge.Amount;
            _charges.Add(charge with { State = ChargeState.Charged });
        }
    }
}
