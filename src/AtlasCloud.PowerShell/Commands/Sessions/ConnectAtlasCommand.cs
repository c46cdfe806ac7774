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
        IReadOnlyList<Emulator> running = RunningEmulators.Current.All;
        Session session = Session ?? CreateSession();
        if (session.KeySource is null && session.ManagementKeySource is null)
        {
            throw CmdletErrors.NoKeyToConnect();
        }

        DefaultSession.Current.Set(session);
        WriteVerbose($"Connected to {session}.");
        ReportEmulator(session, running);
        if (PassThru)
        {
            WriteObject(session);
        }
    }

    /// <summary>Writes to the host which emulator -Emulator took, since a new one starts only if none is running.</summary>
    /// <param name="session">The session of the emulator.</param>
    /// <param name="runningBefore">The emulators that ran before the command.</param>
    private void ReportEmulator(Session session, IReadOnlyList<Emulator> runningBefore)
    {
        if (Emulator.IsPresent)
        {
            Emulator? taken = runningBefore.LastOrDefault();
            string which = taken is null ? "which was started now" : runningBefore.Count > 1 ? $"the last started of {runningBefore.Count} that are running" : "which was running already";
            WriteInformation(new HostInformationMessage { Message = $"Using the emulator at {session.BaseUri}, {which}. Nothing is charged." }, ["PSHOST"]);
        }
    }
}
