namespace AtlasCloud.Emulation.Account;

/// <summary>The money of the account, and everything that was or will be charged to it.</summary>
internal sealed class Wallet
{
    private readonly object _gate = new();
    private readonly List<Charge> _charges = [];
    private decimal _available;
    private decimal _frozen;

    internal Wallet(decimal balance) => _available = balance;

    internal decimal Available
    {
        get
        {
            lock (_gate)
            {
                return _available;
            }
        }
    }

    internal decimal Frozen
    {
        get
        {
            lock (_gate)
            {
                return _frozen;
            }
        }
    }

    internal IReadOnlyList<Charge> Charges
    {
        get
        {
            lock (_gate)
            {
                // An array: a list of the compiler has no indexer that a script could see.
                return _charges.ToArray();
            }
        }
    }

    /// <summary>Sets the price of a task aside. The place of the charge, or null where there is not enough money left.</summary>
    internal int? TryReserve(Charge charge)
    {
        lock (_gate)
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
    internal void Settle(int place, bool isOwed)
    {
        lock (_gate)
        {
            Charge charge = _charges[place];
            _frozen -= charge.Amount;
            _available -= isOwed ? charge.Amount : 0m;
            _charges[place] = charge with { State = isOwed ? ChargeState.Charged : ChargeState.Released };
        }
    }

    /// <summary>Takes money for something that is already done. Such a bill may overdraw the account.</summary>
    internal void Charge(Charge charge)
    {
        lock (_gate)
        {
            _available -= charge.Amount;
            _charges.Add(charge with { State = ChargeState.Charged });
        }
    }
}
