using System.Management.Automation;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Renames an asset of the library.</summary>
[Cmdlet(VerbsCommon.Rename, "AtlasAsset", SupportsShouldProcess = true)]
[OutputType(typeof(Asset))]
public sealed class RenameAtlasAssetCommand : SessionCmdlet
{
    /// <summary>The ID of the asset, or its asset:// address.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "The ID of an asset.")]
    [ArgumentCompleter(typeof(AssetIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string Id { get; set; } = "";

    /// <summary>The new name. It may be a script block that uses the pipeline object.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true, HelpMessage = "The new name of the asset.")]
    [ValidateNotNullOrEmpty]
    public string NewName { get; set; } = "";

    /// <summary>Returns the renamed assets.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput() => ForEach([Id], id =>
    {
        if (!ShouldProcess(id, $"Rename asset to '{TerminalText.ToSingleLine(NewName, 100)}'"))
        {
            return;
        }

        Asset asset = Run(stopping => Client.Assets.RenameAsync(id, NewName, stopping));
        if (PassThru)
        {
            WriteObject(asset);
        }
    });
}
