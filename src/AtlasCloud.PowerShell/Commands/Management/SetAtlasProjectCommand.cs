using System.Management.Automation;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Changes limits of a project's budget and keeps the others. 0 removes a limit.</summary>
[Cmdlet(VerbsCommon.Set, "AtlasProject", SupportsShouldProcess = true)]
[OutputType(typeof(Project))]
public sealed class SetAtlasProjectCommand : ProjectBudgetCmdlet
{
    /// <summary>Projects, or their names or IDs.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "A project, or its name or ID.")]
    [Alias("Name", "Id")]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    [ManagedIdTransformation("ProjectId", "Id")]
    [ValidateNotNullOrEmpty]
    public string[] Project { get; set; } = [];

    /// <summary>Returns the changed projects.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginInput()
    {
        if (DailyLimit is null && WeeklyLimit is null && MonthlyLimit is null && TotalLimit is null && UsageAlertPercent is null)
        {
            throw CmdletErrors.NoLimitSpecified();
        }

        base.BeginInput();
    }

    /// <inheritdoc/>
    protected override void ProcessInput() => ForEach(Project, name =>
    {
        // The service replaces the whole budget, so the current one is the start.
        string id = Projects.ResolveId(name);
        Project project = Run(stopping => Management.GetProjectAsync(id, stopping));
        ProjectBudget budget = Change(project.Budget);
        if (!ShouldProcess(project.Name, $"Replace budget ({project.Budget}) with ({budget})"))
        {
            return;
        }

        Project changed = Run(stopping => Management.SetBudgetAsync(id, budget, stopping));
        if (PassThru)
        {
            WriteObject(changed);
        }
    });

    private ProjectBudget Change(ProjectBudget budget) => budget with
    {
        DailyLimit = Merge(budget.DailyLimit, DailyLimit),
        WeeklyLimit = Merge(budget.WeeklyLimit, WeeklyLimit),
        MonthlyLimit = Merge(budget.MonthlyLimit, MonthlyLimit),
        TotalLimit = Merge(budget.TotalLimit, TotalLimit),
        UsageAlertPercent = UsageAlertPercent is null ? budget.UsageAlertPercent : UsageAlertPercent == 0 ? null : UsageAlertPercent,
    };

    private static decimal? Merge(decimal? current, decimal? specified) => specified is null ? current : specified == 0m ? null : specified;
}
