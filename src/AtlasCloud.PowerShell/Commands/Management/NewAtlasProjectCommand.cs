using System.Management.Automation;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Creates a project, with a budget if limits are specified.</summary>
[Cmdlet(VerbsCommon.New, "AtlasProject", SupportsShouldProcess = true)]
[OutputType(typeof(Project))]
public sealed class NewAtlasProjectCommand : ProjectBudgetCmdlet
{
    /// <summary>The name, from 2 to 64 characters. It must be unique in the account, also among archived projects.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "The name of the project.")]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>The description, of at most 50 characters. Default: none.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Description { get; set; }

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
