using System.Management.Automation;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Sessions;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Returns the default session of this runspace.</summary>
[Cmdlet(VerbsCommon.Get, "AtlasSession")]
[OutputType(typeof(Session))]
public sealed class GetAtlasSessionCommand : AtlasCloudCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        Session session = DefaultSession.Current.Get();
        if (session.KeySource is null && session.ManagementKeySource is null)
        {
            throw CmdletErrors.NotConnected();
        }

        WriteObject(session);
    }
}
