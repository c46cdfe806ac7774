using System.Management.Automation;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Sessions;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Diagnoses a session: connectivity, clock skew, keys, balance, catalog, folders.</summary>
[Cmdlet(VerbsDiagnostic.Test, "AtlasSession")]
[OutputType(typeof(SessionCheck))]
[OutputType(typeof(bool))]
public sealed class TestAtlasSessionCommand : SessionCmdlet
{
    /// <summary>Returns true or false instead of the checks: false if a check failed.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override bool NeedsKey => false;

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        bool hasFailed = false;
        Session session = Session ?? DefaultSession.Current.Get();
        SessionChecker checker = new(Client, Clock);
        foreach (SessionCheck check in Pull(checker.RunAsync(session.KeySource, session.ManagementKeySource, UserFolders.FromEnvironment(), StoppingToken)))
        {
            hasFailed |= check.Status == SessionCheck.Failed;
            if (Quiet)
            {
                WriteVerbose(check.ToString());
            }
            else
            {
                WriteObject(check);
            }
        }

        if (Quiet)
        {
            WriteObject(!hasFailed);
        }
    }
}
