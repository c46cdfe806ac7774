namespace AtlasCloud.Account;

/// <summary>How rows are told apart: what the user wants, and what the service has to be asked so that it can be had.</summary>
internal sealed class BillingGrouping
{
    private const string Model = "model";
    private const string ModelType = "model_type";
    private const string ApiKey = "api_key";

    private readonly Func<string, bool>? _filter;
    private readonly HashSet<string> _wanted;

    internal BillingGrouping(BillingQuery query)
    {
        _filter = query.ModelFilter;
        string[] wanted = [.. query.GroupBy.Select(OnTheWire).Distinct(StringComparer.Ordinal)];
        _wanted = new HashSet<string>(wanted, StringComparer.Ordinal);

        // Rows of models carry their type as well, and the service takes no group beside model but the key.
        Asked = _filter is null ? wanted : [Model, .. wanted.Where(name => name is not (Model or ModelType))];
    }

    /// <summary>The names for the service.</summary>
    internal IReadOnlyList<string> Asked { get; }

    /// <summary>Whether rows have to be put together here, because the service was asked for finer ones.</summary>
    internal bool AddsUp => _filter is not null;

    internal bool Passes(BillingRow row) => _filter is null || (row.Model is string name && _filter(name));

    internal BillingRow Shape(BillingRow row) =>
        _filter is null ? row : row.GroupedBy(_wanted.Contains(Model), _wanted.Contains(ModelType), _wanted.Contains(ApiKey));

    private static string OnTheWire(string name) => name.ToLowerInvariant() switch
    {
        "apikey" => ApiKey,
        "modeltype" => ModelType,
        string other => other,
    };
}
