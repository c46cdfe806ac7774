using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>The base of the cmdlets that need a management key.</summary>
public abstract class ManagementCmdlet : SessionCmdlet
{
    private ProjectNames? _projects;

    /// <summary>Initializes the command.</summary>
    private protected ManagementCmdlet()
    {
    }

    private protected override bool NeedsKey => false;

    private protected ManagementResource Management => Client.Management;

    /// <summary>The projects by name. The list is read once per command.</summary>
    private protected ProjectNames Projects => _projects ??= new ProjectNames(() => Run(Management.ListProjectsAsync));

    /// <inheritdoc/>
    protected override void BeginInput()
    {
        base.BeginInput();
        if (!Client.Options.HasManagementKey)
        {
            throw NoManagementKey();
        }
    }
}
