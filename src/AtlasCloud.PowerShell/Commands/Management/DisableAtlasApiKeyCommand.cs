using System.Management.Automation;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Disables API keys. This cannot be undone.</summary>
[Cmdlet(VerbsLifecycle.Disable, "AtlasApiKey", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ApiKey))]
public sealed class DisableAtlasApiKeyCommand : ManagementCmdlet
{
    /// <summary>API keys as New-AtlasApiKey returned them, or their public IDs (ak_…).</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "An API key, or its public ID (ak_...).")]
    [Alias("Id")]
    [ManagedIdTransformation("ApiKeyId", "Id")]
    [ValidateNotNullOrEmpty]
    public string[] ApiKeyId { get; set; } = [];

    /// <summary>Returns the disabled keys.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput() => ForEach(ApiKeyId, id =>
    {
        if (!ShouldProcess(id, "Disable API key permanently"))
        {
            return;
        }

        ApiKey disabled = Run(stopping => Management.DisableApiKeyAsync(id, stopping));
        if (PassThru)
        {
            WriteObject(disabled);
        }
    });
}
