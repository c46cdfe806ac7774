namespace AtlasCloud.Account;

/// <summary>How rows are grouped: as the query asks, and as the service has to be asked so that the client can filter by model name.</summary>
internal sealed class BillingGrouping
{
    private readonly Func<string, bool>? _filter;
    private readonly HashSet<BillingGroup> _groups;

    internal BillingGrouping(BillingQuery query)
    {
        _filter = query.ModelFilter;
        BillingGroup[] groups = [.. query.GroupBy.Distinct()];
        _groups = [.. groups];

        // Rows of models include their type, and the service combines the model with no other group than the API key.
        IEnumerable<BillingGroup> requested = _filter is null ? groups : groups.Where(g => g is BillingGroup.ApiKey).Prepend(BillingGroup.Model);
        RequestedGroups = [.. requested.Select(ToWireName)];
    }

    /// <summary>The group names to request.</summary>
    internal IReadOnlyList<string> RequestedGroups { get; }

    /// <summary>True if rows have to be summed up, because the service was asked for finer ones.</summary>
    internal bool NeedsAggregation => _filter is not null;

    internal bool Matches(BillingRow row) => _filter is null || (row.Model is string name && _filter(name));

    internal BillingRow Regroup(BillingRow row) => _filter is null
        ? row
        : row.GroupedBy(_groups.Contains(BillingGroup.Model), _groups.Contains(BillingGroup.ModelType), _groups.Contains(BillingGroup.ApiKey));

    private static string ToWireName(BillingGroup group) => group switch
    {
        BillingGroup.Model => "model",
        BillingGroup.ModelType => "model_type",
        BillingGroup.ApiKey => "api_key",
        _ => throw new ArgumentOutOfRangeException(nameof(group), group, "Unknown group."),
    };
}
