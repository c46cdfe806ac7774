using System.Globalization;
using System.Management.Automation;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>The parameters that Get-AtlasUsage and Get-AtlasCost share.</summary>
public abstract class BillingCmdlet : SessionCmdlet
{
    private protected const string DaySet = "Day";

    private const int DefaultDays = 30;

    private const string AccountScope = "Account";

    /// <summary>The first day, in UTC. The time of day is ignored. Default: 29 days before the last day.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNull]
    public DateTime? From { get; set; }

    /// <summary>The last day, inclusive, in UTC. Default: today.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNull]
    public DateTime? To { get; set; }

    /// <summary>What rows are grouped by within a day. Default: nothing, which returns one row per day.</summary>
    [Parameter(ParameterSetName = DaySet)]
    [ValidateSet("Model", "ApiKey", "ModelType")]
    public string[] GroupBy { get; set; } = [];

    /// <summary>Models; wildcards are allowed. Default: all models.</summary>
    [Parameter(ParameterSetName = DaySet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Model { get; set; }

    /// <summary>Self: the key's own user. Account: the whole account, if the key may read it. Default: Self.</summary>
    [Parameter(ParameterSetName = DaySet)]
    [ValidateSet("Self", AccountScope)]
    public string Scope { get; set; } = "Self";

    /// <summary>Initializes the command.</summary>
    private protected BillingCmdlet()
    {
    }

    private protected BillingQuery CreateQuery()
    {
        DateOnly today = DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);
        DateOnly to = To is DateTime last ? DateOnly.FromDateTime(last) : today;
        DateOnly from = From is DateTime first ? DateOnly.FromDateTime(first) : DateOnly.FromDayNumber(Math.Max(0, to.DayNumber - DefaultDays + 1));
        if (from > to)
        {
            throw CmdletErrors.BillingPeriodEmpty(nameof(From), FormatDate(from), FormatDate(to));
        }

        WildcardPattern[]? models = Model?.Select(m => WildcardPattern.Get(m, WildcardOptions.IgnoreCase)).ToArray();
        return new BillingQuery
        {
            From = from,

            // The last day is inclusive for the user and exclusive for the service.
            Until = to == DateOnly.MaxValue ? to : to.AddDays(1),
            GroupBy = [.. GroupBy.Select(name => Enum.Parse<BillingGroup>(name, ignoreCase: true))],
            ModelFilter = models is null ? null : name => models.Any(m => m.IsMatch(name)),
            IsAccountWide = Scope.Equals(AccountScope, StringComparison.OrdinalIgnoreCase),
        };
    }

    private protected void Write<T>(IAsyncEnumerable<T> rows)
    {
        foreach (T row in Pull(rows))
        {
            WriteObject(row);
        }
    }

    private static string FormatDate(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
