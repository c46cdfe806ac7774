using System.Management.Automation;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Returns the balance of the account.</summary>
[Cmdlet(VerbsCommon.Get, "AtlasBalance")]
[OutputType(typeof(Balance))]
public sealed class GetAtlasBalanceCommand : SessionCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessInput() => WriteObject(Run(Client.Account.GetBalanceAsync));
}
