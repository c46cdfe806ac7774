using System.Management.Automation;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Saves what predictions made: several at a time, whole or not at all, under names that are safe everywhere.</summary>
[Cmdlet(VerbsData.Save, "AtlasOutput", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class SaveAtlasOutputCommand : SessionCmdlet
{
    private PipelineWork<PlannedFile, FileInfo>? _saves;
    private OutputSaver? _saver;

    /// <summary>The predictions, or their ids.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [Alias("Id")]
    [ArgumentCompleter(typeof(PredictionIdCompleter))]
    [PredictionTransformation]
    [ValidateNotNull]
    public Prediction[] Prediction { get; set; } = [];

    /// <summary>The folder, made where it does not exist; the current one where it is left out.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = ".";

    /// <summary>How files are named, with places such as {id}, {model}, {index}, {date:yyyyMMdd}, {label}. The extension follows from the bytes.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = SaveOptions.DefaultNameTemplate;

    /// <summary>Save thumbnails, last frames and packages too.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>Write beside each file a .json file from which the request can be repeated.</summary>
    [Parameter]
    public SwitchParameter Metadata { get; set; }

    /// <summary>Replace files that exist.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>How many downloads may be under way together; that of the session where it is left out.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int? ThrottleLimit { get; set; }

    /// <summary>The most bytes that one file may have; a host that sends more is left.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long MaximumSize { get; set; } = SaveOptions.DefaultMaximumSize;

    /// <inheritdoc/>
    protected override void BeginInput()
    {
        base.BeginInput();
        _saver = Client.Outputs.CreateSaver(new SaveOptions
        {
            Folder = ResolveDestination(),
            NameTemplate = Name,
            IncludeAll = All,
            WriteMetadata = Metadata,
            Overwrite = Force,
            MaximumSize = MaximumSize,
        });
        _saves = new(Pump, ThrottleLimit ?? Client.Options.ThrottleLimit);
    }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        ForEach(Prediction, prediction =>
        {
            SavePlan plan = Run(stopping => _saver!.PlanAsync(prediction, stopping));
            if (plan.SavedFiles.Count > 0)
            {
                WriteVerbose($"All outputs of prediction {plan.Prediction.Id} are saved already, so they are not downloaded again.");
                WriteObject(plan.SavedFiles.Select(f => GetItem(f.Path)), enumerateCollection: true);
            }

            foreach (PlannedFile file in plan.Files)
            {
                Save(file);
            }
        });
        TakeFinished(_saves!, Emit);
    }

    /// <inheritdoc/>
    protected override void EndInput() => TakeAll(_saves!, Emit);

    private string ResolveDestination()
    {
        string folder = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Destination, out ProviderInfo provider, out _);
        return provider.Name == "FileSystem" ? folder : throw CmdletErrors.NotFileSystem(nameof(Destination), Destination, provider.Name);
    }

    private void Save(PlannedFile file)
    {
        if (!ShouldProcess(Path.Combine(_saver!.Folder, file.Name), $"Save output {file.Output.Index} of prediction {file.Prediction.Id}"))
        {
            return;
        }

        _saves!.WaitForPlace();
        TakeFinished(_saves, Emit);
        _saves.Add(file, stopping => SaveAsync(file, stopping));
    }

    private async Task<FileInfo> SaveAsync(PlannedFile file, CancellationToken stopping)
    {
        try
        {
            SavedFile saved = await _saver!.SaveAsync(file, (moved, total) => Report(file, moved, total), stopping).ConfigureAwait(false);
            return new FileInfo(saved.Path);
        }
        finally
        {
            EndItemProgress(file.Output);
        }
    }

    private void Report(PlannedFile file, long moved, long? total) => ReportItemProgress(
        file.Output, $"Saving {file.Name}", Transfer.Words(moved, total), total > 0 ? (double)moved / total : null);

    // As Get-Item returns it, with the properties that views and other commands use.
    private void Emit(PlannedFile planned, FileInfo file) => WriteObject(GetItem(file.FullName));

    private PSObject GetItem(string path) =>
        InvokeProvider.Item.Get([$@"Microsoft.PowerShell.Core\FileSystem::{path}"], force: true, literalPath: true)[0];
}
