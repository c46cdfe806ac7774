using System.Management.Automation;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Returns what was used, by day: requests, tokens, images, seconds of video.</summary>
[Cmdlet(VerbsCommon.Get, "AtlasUsage")]
[OutputType(typeof(UsageRow))]
public sealed class GetAtlasUsageCommand : BillingCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessInput() => Write(Client.Account.UsageAsync(Query(), StoppingToken));
}
