using System.Management.Automation;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Sessions;
using AtlasCloud.Storage;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Looks whether a session works: the way to the service, the clock, the key, the money, the catalog, and the folders.</summary>
[Cmdlet(VerbsDiagnostic.Test, "AtlasSession")]
[OutputType(typeof(SessionCheck))]
[OutputType(typeof(bool))]
public sealed class TestAtlasSessionCommand : SessionCmdlet
{
    /// <summary>Return true or false instead of the checks: false where one failed.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override bool NeedsKey => false;

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        bool hasFailed = false;
        string? keySource = (Session ?? DefaultSession.Current.Get()).KeySource;
        foreach (SessionCheck check in Pull(Client.CheckAsync(keySource, UserFolders.FromEnvironment(), StoppingToken)))
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
