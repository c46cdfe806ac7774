using System.Management.Automation;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Registers images, videos and audio in the asset library, and waits until the service has checked them.</summary>
[Cmdlet(VerbsLifecycle.Register, "AtlasAsset", SupportsShouldProcess = true)]
[OutputType(typeof(Asset))]
public sealed class RegisterAtlasAssetCommand : SessionCmdlet
{
    private PipelineWork<MediaSource, RegisteredAsset>? _work;

    /// <summary>Files, public https addresses, uploads, outputs or predictions. Local files are uploaded automatically. Wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "A file, a URL, an upload or an output.")]
    [Alias("Path", "Url")]
    [MediaSourceTransformation]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public MediaSource[] Source { get; set; } = [];

    /// <summary>The type: Image, Video or Audio. Default: detected from the content or the name.</summary>
    [Parameter]
    [ValidateSet("Image", "Video", "Audio")]
    public string? Kind { get; set; }

    /// <summary>The name of the asset. Default: none.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Returns the assets before the service has checked them.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <summary>How long to wait for each asset, such as 10m. A number is seconds. Default: 5 minutes.</summary>
    [Parameter]
    [TimeSpanTransformation]
    public TimeSpan? Timeout { get; set; }

    /// <summary>The maximum number of concurrent registrations. Default: the limit of the session.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    [NumberTransformation(typeof(int))]
    public int? ThrottleLimit { get; set; }

    private protected override bool NeedsKey => false;

    /// <inheritdoc/>
    protected override void BeginInput()
    {
        base.BeginInput();
        _work = new(Pump, ThrottleLimit ?? Client.Options.ThrottleLimit, inOrder: true);
    }

    /// <inheritdoc/>
    protected override void ProcessInput() => ForEach(Source, Register);

    /// <inheritdoc/>
    protected override void EndInput() => DrainAll(_work!, Emit);

    private void Register(MediaSource source)
    {
        AssetRegistration registration = new(Client.Assets, source, Kind, Name, NoWait, Timeout);
        registration.Check();
        RequireKey();
        if (!ShouldProcess(source.ToString(), "Register asset"))
        {
            return;
        }

        _work!.WaitForSlot();
        DrainCompleted(_work, Emit);
        _work.Add(source, async stopping =>
        {
            try
            {
                return await registration.RunAsync((moved, total) => Report(source, moved, total), stopping).ConfigureAwait(false);
            }
            finally
            {
                EndItemProgress(source);
            }
        });
    }

    private void Report(MediaSource source, long moved, long? total) => ReportItemProgress(
        source, $"Uploading {source}", TransferSize.Format(moved, total), total > 0 ? (double)moved / total : null);

    // A registered asset is returned even if a later step failed: without its ID nothing can be done about it.
    private void Emit(MediaSource source, RegisteredAsset registered)
    {
        if (registered.Failure is null || !registered.IsRejected)
        {
            WriteObject(registered.Asset);
        }

        if (registered.Failure is AtlasCloudException failure)
        {
            WriteFailure(failure, registered.Asset);
        }
    }
}
