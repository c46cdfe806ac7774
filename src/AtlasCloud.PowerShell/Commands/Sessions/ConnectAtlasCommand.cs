using System.Management.Automation;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Sessions;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Sets the session that the commands of this runspace use when none is given.</summary>
[Cmdlet(VerbsCommunications.Connect, "Atlas", DefaultParameterSetName = KeySet)]
[OutputType(typeof(Session))]
public sealed class ConnectAtlasCommand : SessionFactoryCmdlet
{
    private const string SessionSet = "Session";

    /// <summary>A session that New-AtlasSession made.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = SessionSet, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(SessionCompleter))]
    [ValidateNotNull]
    public Session? Session { get; set; }

    /// <summary>Return the session too.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        Session session = Session ?? MakeSession();
        if (session.KeySource is null)
        {
            throw new AtlasCloudException(AtlasCloudErrorKind.NoSession, "There is no API key to connect with: none was given and no environment variable holds one.");
        }

        DefaultSession.Current.Set(session);
        WriteVerbose($"Connected to {session}.");
        if (PassThru)
        {
            WriteObject(session);
        }
    }
}
