using AtlasCloud.Emulation.Predictions;

namespace AtlasCloud.Emulation.Account;

/// <summary>Everything on the bill: a past that a scenario makes up, and what was emulated since.</summary>
internal sealed class BillingBook
{
    private readonly Wallet _wallet;
    private readonly TaskStore _tasks;
    private readonly IReadOnlyList<BillingLine> _past;

    internal BillingBook(Wallet wallet, TaskStore tasks, IReadOnlyList<BillingLine> past) => (_wallet, _tasks, _past) = (wallet, tasks, past);

    /// <summary>The lines so far. What is only reserved is not on the bill, and what failed never will be.</summary>
    internal IEnumerable<BillingLine> Lines()
    {
        _tasks.Settle();
        return _past.Concat(_wallet.Charges.Where(c => c.State == ChargeState.Charged)
            .Select(c => new BillingLine(c.Time, c.Model, BillingLine.OwnKey, c.Amount, c.Use)));
    }
}
