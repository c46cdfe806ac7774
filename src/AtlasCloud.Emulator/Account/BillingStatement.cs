using AtlasCloud.Emulation.Predictions;

namespace AtlasCloud.Emulation.Account;

/// <summary>All billed items: the generated history of a scenario, and the charges since the start.</summary>
internal sealed class BillingStatement
{
    private readonly AccountBalance _balance;
    private readonly TaskStore _tasks;
    private readonly IReadOnlyList<BillingLine> _history;

    internal BillingStatement(AccountBalance balance, TaskStore tasks, IReadOnlyList<BillingLine> history) => (_balance, _tasks, _history) = (balance, tasks, history);

    /// <summary>The items so far. Reserved and released charges are not billed.</summary>
    internal IEnumerable<BillingLine> GetLines()
    {
        _tasks.Settle();
        return _history.Concat(_balance.Charges.Where(c => c.State == ChargeState.Charged)
            .Select(c => new BillingLine(c.Time, c.Model, c.ApiKeyId ?? BillingLine.EmulatorKeyId, c.Amount, c.Usage)));
    }
}
