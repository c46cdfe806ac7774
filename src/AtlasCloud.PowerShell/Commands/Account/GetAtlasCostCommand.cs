using System.Management.Automation;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Returns the costs by day.</summary>
[Cmdlet(VerbsCommon.Get, "AtlasCost", DefaultParameterSetName = DaySet)]
[OutputType(typeof(CostRow))]
public sealed class GetAtlasCostCommand : BillingCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessInput() => Write(Client.Account.ListCostsAsync(CreateQuery(), StoppingToken));
}
