using System.Management.Automation;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Sessions;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Sets the default session of this runspace.</summary>
[Cmdlet(VerbsCommunications.Connect, "Atlas", DefaultParameterSetName = KeySet)]
[OutputType(typeof(Session))]
public sealed class ConnectAtlasCommand : SessionFactoryCmdlet
{
    private const string SessionSet = "Session";

    /// <summary>A session that New-AtlasSession returned.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = SessionSet, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(SessionCompleter))]
    [SessionTransformation]
    [ValidateNotNull]
    public Session? Session { get; set; }

    /// <summary>Returns the session.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        Session session = Session ?? CreateSession();
        if (session.KeySource is null)
        {
            throw CmdletErrors.NoKeyToConnect();
        }

        DefaultSession.Current.Set(session);
        WriteVerbose($"Connected to {session}.");
        if (PassThru)
        {
            WriteObject(session);
        }
    }
}
