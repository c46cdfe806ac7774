using System.Management.Automation;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Returns what the account can spend.</summary>
[Cmdlet(VerbsCommon.Get, "AtlasBalance")]
[OutputType(typeof(Balance))]
public sealed class GetAtlasBalanceCommand : SessionCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessInput() => WriteObject(Run(Client.Account.GetBalanceAsync));
}
