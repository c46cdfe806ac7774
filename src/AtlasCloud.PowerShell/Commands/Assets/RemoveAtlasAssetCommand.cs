using System.Management.Automation;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Moves assets of the library to the trash.</summary>
[Cmdlet(VerbsCommon.Remove, "AtlasAsset", SupportsShouldProcess = true)]
public sealed class RemoveAtlasAssetCommand : SessionCmdlet
{
    /// <summary>The IDs of assets, or their asset:// addresses.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "The ID of an asset.")]
    [ArgumentCompleter(typeof(AssetIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessInput() => ForEach(Id, id =>
    {
        if (ShouldProcess(id, "Move asset to the trash"))
        {
            Run(stopping => Client.Assets.DeleteAsync(id, stopping));
        }
    });
}
