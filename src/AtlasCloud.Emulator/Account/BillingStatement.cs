using AtlasCloud.Emulation.Predictions;

namespace AtlasCloud.Emulation.Account;

/// <summary>Everything on the bill: a past that a scenario makes up, and what was emulated since.</summary>
internal sealed class BillingStatement
{
    private readonly AccountBalance _balance;
    private readonly TaskStore _tasks;
    private readonly IReadOnlyList<BillingLine> _history;

    internal BillingStatement(AccountBalance balance, TaskStore tasks, IReadOnlyList<BillingLine> history) => (_balance, _tasks, _history) = (balance, tasks, history);

    /// <summary>The lines so far. What is only reserved is not on the bill, and what failed never will be.</summary>
    internal IEnumerable<BillingLine> GetLines()
    {
        _tasks.Settle();
        return _history.Concat(_balance.Charges.Where(c => c.State == ChargeState.Charged)
            .Select(c => new BillingLine(c.Time, c.Model, BillingLine.EmulatorKeyId, c.Amount, c.Usage)));
    }
}
