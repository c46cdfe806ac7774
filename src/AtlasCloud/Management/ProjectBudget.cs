using System.Collections.Specialized;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Account;
using AtlasCloud.Json;
using AtlasCloud.Management;

namespace AtlasCloud;

/// <summary>
/// The spending limits of a project, in US dollars (API reference, section 24.3). Days and months are those of UTC, weeks start on Monday. Null means
/// no limit.
/// </summary>
public sealed record ProjectBudget
{
    private const string Daily = "daily_limit";
    private const string Monthly = "monthly_limit";
    private const string Total = "total_limit";
    private const string AlertPercent = "usage_alert_percent";

    /// <summary>The limit for each day.</summary>
    public decimal? DailyLimit { get; init; }

    /// <summary>The limit for each week.</summary>
    public decimal? WeeklyLimit { get; init; }

    /// <summary>The limit for each month.</summary>
    public decimal? MonthlyLimit { get; init; }

    /// <summary>The limit for the life of the project.</summary>
    public decimal? TotalLimit { get; init; }

    /// <summary>The percentage of <see cref="MonthlyLimit"/>, from 1 to 100, at which the service sends an alert; null for none.</summary>
    public int? UsageAlertPercent { get; init; }

    /// <summary>
    /// Members that no property covers, and limits that could not be read. They are sent back when the budget is replaced, because the service removes
    /// what is left out.
    /// </summary>
    public OrderedDictionary AdditionalProperties { get; init; } = new TextualDictionary();

    /// <summary>The limits: "10.00 per day, 500.00 in total"; "unlimited" for none.</summary>
    public override string ToString()
    {
        IEnumerable<string> limits = Limits().Where(l => l.Limit is not null)
            .Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Limit:0.00####} {l.Caption}"));
        string[] all = [.. limits, .. UsageAlertPercent is int percent ? [string.Create(CultureInfo.InvariantCulture, $"alert at {percent} %")] : Array.Empty<string>()];
        string unread = AdditionalProperties.Count == 0 ? "" : $" (and {string.Join(", ", AdditionalProperties.Keys.Cast<string>())})";
        return (all.Length == 0 ? "unlimited" : string.Join(", ", all)) + unread;
    }

    internal static ProjectBudget Read(JsonElement? budget)
    {
        if (budget is not JsonElement { ValueKind: JsonValueKind.Object } found)
        {
            return new ProjectBudget();
        }

        HashSet<string> read = new(StringComparer.OrdinalIgnoreCase) { "object" };
        return new ProjectBudget
        {
            DailyLimit = ReadLimit(found, Daily, read),
            WeeklyLimit = ReadLimit(found, ManagementNames.WeeklyLimit, read),
            MonthlyLimit = ReadLimit(found, Monthly, read),
            TotalLimit = ReadLimit(found, Total, read),
            UsageAlertPercent = ReadPercent(found, read),
            AdditionalProperties = JsonValues.ToDictionary(found, name => !read.Contains(name)),
        };
    }

    internal JsonObject ToJson()
    {
        JsonObject body = (JsonObject)JsonValues.ToJson(AdditionalProperties)!;
        foreach ((string name, decimal? limit, _) in Limits())
        {
            if (limit is decimal amount)
            {
                body[name] = ManagementNames.Money(amount);
            }
        }

        if (UsageAlertPercent is int percent)
        {
            body[AlertPercent] = percent;
        }

        return body;
    }

    /// <summary>Throws if the service would reject the budget.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: a limit is zero, negative or too exact, or an alert has no monthly limit.</exception>
    internal void Validate()
    {
        foreach ((string input, decimal? limit) in new[]
        {
            (nameof(DailyLimit), DailyLimit), (nameof(WeeklyLimit), WeeklyLimit), (nameof(MonthlyLimit), MonthlyLimit), (nameof(TotalLimit), TotalLimit),
        })
        {
            ManagementInput.RequireAmount(input, limit);
        }

        if (UsageAlertPercent is int percent)
        {
            ManagementInput.RequirePercent(nameof(UsageAlertPercent), percent);
            if (MonthlyLimit is null)
            {
                throw ManagementErrors.AlertWithoutMonthlyLimit(percent);
            }
        }
    }

    internal bool HasSameLimits(ProjectBudget other) =>
        (DailyLimit, WeeklyLimit, MonthlyLimit, TotalLimit, UsageAlertPercent)
        == (other.DailyLimit, other.WeeklyLimit, other.MonthlyLimit, other.TotalLimit, other.UsageAlertPercent);

    private (string Name, decimal? Limit, string Caption)[] Limits() =>
    [
        (Daily, DailyLimit, "per day"), (ManagementNames.WeeklyLimit, WeeklyLimit, "per week"), (Monthly, MonthlyLimit, "per month"), (Total, TotalLimit, "in total"),
    ];

    // The service writes no limit as zero.
    private static decimal? ReadLimit(JsonElement budget, string name, HashSet<string> read)
    {
        JsonElement? member = budget.Member(name);
        decimal? limit = BillingAmount.Read(member);
        if (member is null || limit >= 0m)
        {
            read.Add(name);
        }

        return limit > 0m ? limit : null;
    }

    private static int? ReadPercent(JsonElement budget, HashSet<string> read)
    {
        JsonElement? member = budget.Member(AlertPercent);
        long? percent = member?.AsInteger();
        if (member is null || percent is >= 0 and <= 100)
        {
            read.Add(AlertPercent);
        }

        return percent is > 0 and <= 100 ? (int)percent : null;
    }
}
