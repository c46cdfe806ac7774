using System.Management.Automation;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Takes assets of the library out of the trash.</summary>
[Cmdlet(VerbsData.Restore, "AtlasAsset", SupportsShouldProcess = true)]
[OutputType(typeof(Asset))]
public sealed class RestoreAtlasAssetCommand : SessionCmdlet
{
    /// <summary>The IDs of assets.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "The ID of an asset in the trash.")]
    [ArgumentCompleter(typeof(AssetIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = [];

    /// <summary>Returns the restored assets.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput() => ForEach(Id, id =>
    {
        if (!ShouldProcess(id, "Restore asset"))
        {
            return;
        }

        Asset asset = Run(stopping => Client.Assets.RestoreAsync(id, stopping));
        if (PassThru)
        {
            WriteObject(asset);
        }
    });
}
