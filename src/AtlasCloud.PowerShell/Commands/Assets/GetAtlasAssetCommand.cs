using System.Management.Automation;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Returns assets of the library, by ID or all of them.</summary>
[Cmdlet(VerbsCommon.Get, "AtlasAsset", DefaultParameterSetName = ListSet)]
[OutputType(typeof(Asset))]
public sealed class GetAtlasAssetCommand : SessionCmdlet
{
    private const string ListSet = "List";
    private const string IdSet = "Id";

    private PipelineWork<string, Asset>? _reads;

    /// <summary>The IDs of assets, or their asset:// addresses.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet, HelpMessage = "The ID of an asset.")]
    [ArgumentCompleter(typeof(AssetIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = [];

    /// <summary>Returns assets with one of these names only.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Returns assets of this type only: Image, Video or Audio.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateSet("Image", "Video", "Audio")]
    public string? Kind { get; set; }

    /// <summary>Returns assets in this state only: Processing, Active, Failed or Deleted.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateSet("Processing", "Active", "Failed", "Deleted")]
    public string? State { get; set; }

    /// <inheritdoc/>
    protected override void BeginInput()
    {
        base.BeginInput();
        _reads = new(Pump, Client.Options.ThrottleLimit, inOrder: true);
    }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        if (ParameterSetName == ListSet)
        {
            WriteObject(Run(Client.Assets.ListAsync).Where(Matches), enumerateCollection: true);
            return;
        }

        ForEach(Id, id =>
        {
            _reads!.WaitForSlot();
            DrainCompleted(_reads, Emit);
            _reads.Add(id, stopping => Client.Assets.GetAsync(id, stopping));
        });
        DrainCompleted(_reads!, Emit);
    }

    /// <inheritdoc/>
    protected override void EndInput() => DrainAll(_reads!, Emit);

    private void Emit(string id, Asset asset) => WriteObject(asset);

    private bool Matches(Asset asset) =>
        (Name is null || Name.Any(n => IsMatch(asset.Name ?? "", n)))
        && (Kind is null || Kind.Equals(asset.Kind.ToString(), StringComparison.OrdinalIgnoreCase))
        && (State is null || State.Equals(asset.State.ToString(), StringComparison.OrdinalIgnoreCase));

    private static bool IsMatch(string name, string pattern) =>
        name.Equals(pattern, StringComparison.OrdinalIgnoreCase) || WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(name);
}
