using System.Management.Automation;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Returns the usage by day: requests, tokens, images, seconds of video.</summary>
[Cmdlet(VerbsCommon.Get, "AtlasUsage")]
[OutputType(typeof(UsageRow))]
public sealed class GetAtlasUsageCommand : BillingCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessInput() => Write(Client.Account.ListUsageAsync(CreateQuery(), StoppingToken));
}
