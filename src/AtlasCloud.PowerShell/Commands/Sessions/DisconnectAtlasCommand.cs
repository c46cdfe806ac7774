using System.Management.Automation;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Sessions;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Removes the default session of this runspace and closes its connections.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "Atlas")]
public sealed class DisconnectAtlasCommand : AtlasCloudCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        if (DefaultSession.Current.Connected is null)
        {
            WriteVerbose("No session is connected.");
        }

        DefaultSession.Current.Set(null);
    }
}
