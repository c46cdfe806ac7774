using System.Management.Automation;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Archives projects. This cannot be undone.</summary>
[Cmdlet(VerbsCommon.Close, "AtlasProject", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(Project))]
public sealed class CloseAtlasProjectCommand : ManagementCmdlet
{
    /// <summary>Projects, or their names or IDs.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "A project, or its name or ID.")]
    [Alias("Name", "Id")]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    [ManagedIdTransformation("ProjectId", "Id")]
    [ValidateNotNullOrEmpty]
    public string[] Project { get; set; } = [];

    /// <summary>Returns the archived projects.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput() => ForEach(Project, name =>
    {
        string id = Projects.ResolveId(name);
        if (!ShouldProcess(name, "Archive project permanently"))
        {
            return;
        }

        Project archived = Run(stopping => Management.ArchiveProjectAsync(id, stopping));
        if (PassThru)
        {
            WriteObject(archived);
        }
    });
}
