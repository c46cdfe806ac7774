using System.Management.Automation;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Removes API keys. This cannot be undone; their usage can still be read.</summary>
[Cmdlet(VerbsCommon.Remove, "AtlasApiKey", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveAtlasApiKeyCommand : ManagementCmdlet
{
    /// <summary>API keys as New-AtlasApiKey returned them, or their public IDs (ak_…).</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "An API key, or its public ID (ak_...).")]
    [Alias("Id")]
    [ManagedIdTransformation("ApiKeyId", "Id")]
    [ValidateNotNullOrEmpty]
    public string[] ApiKeyId { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessInput() => ForEach(ApiKeyId, id =>
    {
        if (ShouldProcess(id, "Remove API key permanently"))
        {
            Run(stopping => Management.RemoveApiKeyAsync(id, stopping));
        }
    });
}
