using System.Management.Automation;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Creates a project, with a budget if limits are specified.</summary>
[Cmdlet(VerbsCommon.New, "AtlasProject", SupportsShouldProcess = true)]
[OutputType(typeof(Project))]
public sealed class NewAtlasProjectCommand : ManagementCmdlet
{
    /// <summary>The name, from 2 to 64 characters. It must be unique in the account, also among archived projects.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "The name of the project.")]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>The description, of at most 50 characters. Default: none.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Description { get; set; }

    /// <summary>The most that the project may spend per day, in US dollars. Default: no limit.</summary>
    [Parameter]
    [NumberTransformation(typeof(decimal))]
    public decimal? DailyLimit { get; set; }

    /// <summary>The most that the project may spend per week, in US dollars. Default: no limit.</summary>
    [Parameter]
    [NumberTransformation(typeof(decimal))]
    public decimal? WeeklyLimit { get; set; }

    /// <summary>The most that the project may spend per month, in US dollars. Default: no limit.</summary>
    [Parameter]
    [NumberTransformation(typeof(decimal))]
    public decimal? MonthlyLimit { get; set; }

    /// <summary>The most that the project may spend in total, in US dollars. Default: no limit.</summary>
    [Parameter]
    [NumberTransformation(typeof(decimal))]
    public decimal? TotalLimit { get; set; }

    /// <summary>The percentage of -MonthlyLimit at which the service sends an alert. Default: no alert.</summary>
    [Parameter]
    [NumberTransformation(typeof(int))]
    public int? UsageAlertPercent { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        ProjectBudget budget = new()
        {
            DailyLimit = DailyLimit,
            WeeklyLimit = WeeklyLimit,
            MonthlyLimit = MonthlyLimit,
            TotalLimit = TotalLimit,
            UsageAlertPercent = UsageAlertPercent,
        };
        if (ShouldProcess(Name, $"Create project with budget {budget}"))
        {
            WriteObject(Run(stopping => Management.CreateProjectAsync(Name, Description, budget, stopping)));
        }
    }
}
