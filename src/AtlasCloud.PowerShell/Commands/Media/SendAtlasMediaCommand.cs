using System.Management.Automation;
using AtlasCloud.PowerShell.Binding;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Uploads files for use as inputs. A session uploads the same bytes once.</summary>
[Cmdlet(VerbsCommunications.Send, "AtlasMedia", DefaultParameterSetName = PathSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(Media))]
public sealed class SendAtlasMediaCommand : SessionCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private PipelineWork<string, Media>? _uploads;

    /// <summary>Files; wildcards are allowed. An existing file of that name takes precedence over a pattern.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet, HelpMessage = "A file to upload; wildcards are allowed.")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files, by paths without wildcards.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet, HelpMessage = "A file to upload.")]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The maximum number of concurrent uploads. Default: the limit of the session.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    [NumberTransformation(typeof(int))]
    public int? ThrottleLimit { get; set; }

    private protected override bool NeedsKey => false;

    /// <inheritdoc/>
    protected override void BeginInput()
    {
        base.BeginInput();
        _uploads = new(Pump, ThrottleLimit ?? Client.Options.ThrottleLimit, inOrder: true);
    }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        if (ParameterSetName == LiteralPathSet)
        {
            ForEach(LiteralPath, path => Upload(FilePattern.ResolveLiteral(SessionState.Path, nameof(LiteralPath), path)));
        }
        else
        {
            ForEach(Path, path => ForEach(FilePattern.Resolve(SessionState.Path, nameof(Path), path), Upload));
        }
    }

    /// <inheritdoc/>
    protected override void EndInput() => DrainAll(_uploads!, Emit);

    private void Upload(string file)
    {
        MediaSource.FromFile(file).EnsureReadable();
        RequireKey();
        if (!ShouldProcess(file, "Upload"))
        {
            return;
        }

        _uploads!.WaitForSlot();
        DrainCompleted(_uploads, Emit);
        string name = System.IO.Path.GetFileName(file);
        _uploads.Add(file, async stopping =>
        {
            try
            {
                return await Client.Media.UploadAsync(file, (moved, total) => Report(file, name, moved, total), stopping).ConfigureAwait(false);
            }
            finally
            {
                EndItemProgress(file);
            }
        });
    }

    private void Report(string file, string name, long moved, long? total) => ReportItemProgress(
        file, $"Uploading {name}", TransferSize.Format(moved, total), total > 0 ? (double)moved / total : null);

    private void Emit(string file, Media media) => WriteObject(media);
}
