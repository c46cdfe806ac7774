using System.Management.Automation;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Sessions;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Returns the session that the commands of this runspace use.</summary>
[Cmdlet(VerbsCommon.Get, "AtlasSession")]
[OutputType(typeof(Session))]
public sealed class GetAtlasSessionCommand : AtlasCloudCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        Session session = DefaultSession.Current.Get();
        if (session.KeySource is null)
        {
            throw new AtlasCloudException(AtlasCloudErrorKind.NoSession, "There is no session: nothing is connected, and no environment variable holds a key.");
        }

        WriteObject(session);
    }
}
