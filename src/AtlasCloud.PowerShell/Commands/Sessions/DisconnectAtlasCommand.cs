using System.Management.Automation;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Sessions;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Forgets the session of this runspace and frees its connections.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "Atlas")]
public sealed class DisconnectAtlasCommand : AtlasCloudCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        if (DefaultSession.Current.Connected is null)
        {
            WriteVerbose("Nothing is connected.");
        }

        DefaultSession.Current.Set(null);
    }
}
