using System.Management.Automation;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>The limits that creating and changing a project have in common. What an omitted limit and 0 mean differs, and is documented on each page.</summary>
public abstract class ProjectBudgetCmdlet : ManagementCmdlet
{
    /// <summary>Initializes the command.</summary>
    private protected ProjectBudgetCmdlet()
    {
    }

    /// <summary>The most that the project may spend per day, in US dollars.</summary>
    [Parameter]
    [NumberTransformation(typeof(decimal))]
    public decimal? DailyLimit { get; set; }

    /// <summary>The most that the project may spend per week, in US dollars.</summary>
    [Parameter]
    [NumberTransformation(typeof(decimal))]
    public decimal? WeeklyLimit { get; set; }

    /// <summary>The most that the project may spend per month, in US dollars.</summary>
    [Parameter]
    [NumberTransformation(typeof(decimal))]
    public decimal? MonthlyLimit { get; set; }

    /// <summary>The most that the project may spend in total, in US dollars.</summary>
    [Parameter]
    [NumberTransformation(typeof(decimal))]
    public decimal? TotalLimit { get; set; }

    /// <summary>The percentage of the monthly limit at which the service sends an alert.</summary>
    [Parameter]
    [NumberTransformation(typeof(int))]
    public int? UsageAlertPercent { get; set; }
}
