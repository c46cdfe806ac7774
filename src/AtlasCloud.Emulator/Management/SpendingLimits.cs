namespace AtlasCloud.Emulation.Management;

/// <summary>Compares charges with the allowance of their key and the budget of its project.</summary>
internal sealed class SpendingLimits
{
    private readonly ManagementStore _store;

    internal SpendingLimits(ManagementStore store) => _store = store;

    /// <summary>Why a charge would exceed a limit; null if it does not.</summary>
    /// <param name="keyId">The public ID of the key; null for a key that the management API did not create.</param>
    /// <param name="amount">The amount of the charge.</param>
    /// <param name="now">The time of the charge.</param>
    /// <param name="charges">The charges so far. Reserved ones count, released ones do not.</param>
    internal string? FindExceeded(string? keyId, decimal amount, DateTimeOffset now, IReadOnlyList<Charge> charges)
    {
        if (keyId is not null && _store.FindKey(keyId) is { Allowance: { Amount: > 0m } allowance }
            && Sum(charges, charge => charge.ApiKeyId == keyId, StartOf(allowance.Period, now)) + amount > allowance.Amount)
        {
            return "API key allowance exceeded";
        }

        EmulatedProject project = _store.ProjectOf(keyId);
        BudgetLimits budget = project.Budget;
        (decimal Limit, string? Period)[] limits = [(budget.Daily, "day"), (budget.Weekly, "week"), (budget.Monthly, "month"), (budget.Total, null)];
        return limits.Any(limit => limit.Limit > 0m
            && Sum(charges, charge => _store.ProjectOf(charge.ApiKeyId).Id == project.Id, StartOf(limit.Period, now)) + amount > limit.Limit)
            ? "project budget exceeded"
            : null;
    }

    private static decimal Sum(IEnumerable<Charge> charges, Func<Charge, bool> filter, DateTimeOffset from) =>
        charges.Where(charge => charge.State != ChargeState.Released && charge.Time >= from && filter(charge)).Sum(charge => charge.Amount);

    private static DateTimeOffset StartOf(string? period, DateTimeOffset now)
    {
        DateTimeOffset day = new(now.UtcDateTime.Date, TimeSpan.Zero);
        return period switch
        {
            "day" => day,
            "week" => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
            "month" => day.AddDays(1 - day.Day),
            _ => DateTimeOffset.MinValue,
        };
    }
}
