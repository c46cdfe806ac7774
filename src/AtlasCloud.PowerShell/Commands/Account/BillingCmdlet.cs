using System.Globalization;
using System.Management.Automation;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>The parameters that choose a part of the bill, shared by Get-AtlasUsage and Get-AtlasCost.</summary>
public abstract class BillingCmdlet : SessionCmdlet
{
    /// <summary>How many days are shown when nobody says, today included.</summary>
    private const int UsualDays = 30;

    private const string Account = "Account";

    /// <summary>The first day. Days are those of UTC; the time of day is not looked at.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNull]
    public DateTime? From { get; set; }

    /// <summary>The last day, which counts too.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNull]
    public DateTime? To { get; set; }

    /// <summary>What gets rows of its own within a day.</summary>
    [Parameter]
    [ValidateSet("Model", "ApiKey", "ModelType")]
    public string[] GroupBy { get; set; } = [];

    /// <summary>Only these models; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Model { get; set; }

    /// <summary>Self: what belongs to the key's own user. Account: everything, if the key may see it.</summary>
    [Parameter]
    [ValidateSet("Self", Account)]
    public string Scope { get; set; } = "Self";

    /// <summary>Makes a command.</summary>
    private protected BillingCmdlet()
    {
    }

    private protected BillingQuery Query()
    {
        DateOnly today = DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);
        DateOnly to = To is DateTime last ? DateOnly.FromDateTime(last) : today;
        DateOnly from = From is DateTime first ? DateOnly.FromDateTime(first) : DateOnly.FromDayNumber(Math.Max(0, to.DayNumber - UsualDays + 1));
        if (from > to)
        {
            throw new AtlasCloudException(
                AtlasCloudErrorKind.InvalidParameter,
                $"The first day, {Text(from)}, comes after the last one, {Text(to)}. Nothing was asked for.")
            {
                RecommendedAction = "Give -From a day that is not later than -To; without -To, that is today.",
            };
        }

        WildcardPattern[]? models = Model?.Select(m => WildcardPattern.Get(m, WildcardOptions.IgnoreCase)).ToArray();
        return new BillingQuery
        {
            From = from,

            // The last day counts for a user and does not count for the service.
            Until = to == DateOnly.MaxValue ? to : to.AddDays(1),
            GroupBy = GroupBy,
            ModelFilter = models is null ? null : name => models.Any(m => m.IsMatch(name)),
            WholeAccount = Scope.Equals(Account, StringComparison.OrdinalIgnoreCase),
        };
    }

    private protected void Write<T>(IAsyncEnumerable<T> rows)
    {
        foreach (T row in Pull(rows))
        {
            WriteObject(row);
        }
    }

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
