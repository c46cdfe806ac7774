using System.Management.Automation;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Sessions;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Returns the defaults of the user, from the file that Set-AtlasDefault writes.</summary>
[Cmdlet(VerbsCommon.Get, "AtlasDefault")]
[OutputType(typeof(UserDefaults))]
public sealed class GetAtlasDefaultCommand : AtlasCloudCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        UserDefaults defaults = UserDefaults.Load(UserDefaults.FindPath());
        if (CommandDefaults.Describe(defaults) is string warning)
        {
            WriteWarning(warning);
        }

        WriteObject(defaults);
    }
}
