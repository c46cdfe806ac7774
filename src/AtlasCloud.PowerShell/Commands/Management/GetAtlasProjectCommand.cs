using System.Management.Automation;
using AtlasCloud.PowerShell.Completers;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Returns projects with their budgets.</summary>
[Cmdlet(VerbsCommon.Get, "AtlasProject")]
[OutputType(typeof(Project))]
public sealed class GetAtlasProjectCommand : ManagementCmdlet
{
    /// <summary>Names, which can contain wildcards, or IDs. Default: all projects that the service lists.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Alias("Name", "Id")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Project { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        if (Project is null)
        {
            WriteObject(Projects.All, enumerateCollection: true);
            return;
        }

        ForEach(Project, name => WriteObject(
            Guid.TryParse(name, out _) ? new[] { Run(stopping => Management.GetProjectAsync(name, stopping)) } : Projects.Find(name), enumerateCollection: true));
    }
}
