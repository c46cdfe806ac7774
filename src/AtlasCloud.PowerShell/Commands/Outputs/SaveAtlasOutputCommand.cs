using System.Management.Automation;
using AtlasCloud.Outputs;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Transformations;
using AtlasCloud.Predictions;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Saves what predictions made: several at a time, whole or not at all, under names that are safe everywhere.</summary>
[Cmdlet(VerbsData.Save, "AtlasOutput", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class SaveAtlasOutputCommand : SessionCmdlet
{
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);
    private PipelineWork<Output, FileInfo>? _saves;
    private FileNameTemplate? _names;
    private string _folder = "";

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
    public string Name { get; set; } = FileNameTemplate.Default;

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
    public long MaximumSize { get; set; } = SaveTarget.UsualMaximumSize;

    /// <inheritdoc/>
    protected override void BeginInput()
    {
        base.BeginInput();
        _names = new FileNameTemplate(Name);
        _folder = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Destination, out ProviderInfo provider, out _);
        if (provider.Name != "FileSystem")
        {
            throw new AtlasCloudException(AtlasCloudErrorKind.InvalidParameter, $"The destination '{Destination}' is no folder of the file system but of {provider.Name}. Nothing was saved.")
            {
                RecommendedAction = "Give a folder, with its drive where the current location is elsewhere.",
                Target = Destination,
            };
        }

        if (File.Exists(_folder))
        {
            throw new AtlasCloudException(AtlasCloudErrorKind.InvalidParameter, $"The destination '{_folder}' is a file, not a folder. Nothing was saved.")
            {
                RecommendedAction = "Give a folder; -Name says how the files in it are called.",
                Target = _folder,
            };
        }

        StalePartialFiles.Delete(_folder);
        _saves = new(Pump, ThrottleLimit ?? Client.Options.ThrottleLimit);
    }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        ForEach(Prediction, prediction =>
        {
            Prediction finished = prediction.IsFinished ? prediction : Run(stopping => Reread(prediction, stopping));
            if (PredictionErrors.Find(finished) is AtlasCloudException failure)
            {
                throw failure;
            }

            if (!Force && Run(_ => Client.Records.FindSavedFilesAsync(finished, _folder)) is { Count: > 0 } files)
            {
                WriteVerbose($"What prediction {finished.Id} made is on disk already, so it is not downloaded again.");
                WriteObject(files.Select(f => ItemOf(f.Path)), enumerateCollection: true);
                return;
            }

            IReadOnlyList<Output> outputs = [.. OutputSelection.Of(finished, All)];
            SaveProgress progress = new(Client.Records, finished, outputs.Count);
            Run(_ => progress.BeginAsync());
            foreach (Output output in outputs)
            {
                Save(finished, output, progress);
            }
        });
        TakeFinished(_saves!, Emit);
    }

    /// <inheritdoc/>
    protected override void EndInput() => TakeAll(_saves!, Emit);

    private async Task<Prediction> Reread(Prediction prediction, CancellationToken stopping)
    {
        Prediction now = (await Client.Predictions.GetAsync(prediction.Id, stopping).ConfigureAwait(false)).MergeWith(prediction);
        return now.IsFinished ? now : throw new AtlasCloudException(
            AtlasCloudErrorKind.InvalidParameter, $"Prediction {now.Id} is not finished ('{now.Status}'), so there is nothing to save yet.")
        {
            RecommendedAction = $"Wait for it first: Wait-AtlasPrediction {now.Id} | Save-AtlasOutput",
            Target = now,
        };
    }

    private void Save(Prediction prediction, Output output, SaveProgress progress)
    {
        string name = Reserve(_names!.NameOf(prediction, output, Clock.GetLocalNow()));
        if (!ShouldProcess(Path.Combine(_folder, name), $"Save output {output.Index} of prediction {prediction.Id}"))
        {
            return;
        }

        if (!Directory.Exists(_folder))
        {
            Directory.CreateDirectory(_folder);
        }

        _saves!.WaitForPlace();
        TakeFinished(_saves, Emit);
        SaveTarget target = new(_folder, name, Force, (moved, total) => Report(output, name, moved, total)) { MaximumSize = MaximumSize, AcceptsSame = prediction.IsResumed };
        bool withMetadata = Metadata;
        _saves.Add(output, stopping => SaveAsync(prediction, output, target, withMetadata, progress, stopping));
    }

    private async Task<FileInfo> SaveAsync(
        Prediction prediction, Output output, SaveTarget target, bool withMetadata, SaveProgress progress, CancellationToken stopping)
    {
        try
        {
            SavedFile file = await Client.Outputs.SaveAsync(output, target, stopping).ConfigureAwait(false);
            if (withMetadata)
            {
                SaveTarget beside = target with { Name = target.Name + Path.GetExtension(file.Path), Progress = null };
                Prediction priced = await Client.Predictions.RefreshPriceAsync(prediction, stopping).ConfigureAwait(false);
                await OutputResource.WriteTextAsync(OutputSelection.Metadata(priced, output, file), ".json", beside, stopping).ConfigureAwait(false);
            }

            await progress.SavedAsync(file).ConfigureAwait(false);
            return new FileInfo(file.Path);
        }
        catch (AtlasCloudException exception) when (exception.Kind == AtlasCloudErrorKind.DownloadIncomplete)
        {
            await Client.Records.RecordExpiredAsync(prediction).ConfigureAwait(false);
            throw;
        }
        finally
        {
            EndItemProgress(output);
        }
    }

    // Two outputs whose names come out alike get a number; what lies there from before is another matter, and needs -Force.
    private string Reserve(string name)
    {
        string free = name;
        for (int number = 2; !_taken.Add(free); number++)
        {
            free = $"{name}-{number}";
        }

        return free;
    }

    private void Report(Output output, string name, long moved, long? total) => ReportItemProgress(
        output, $"Saving {name}", Transfer.Words(moved, total), total > 0 ? (double)moved / total : null);

    // As Get-Item gives it: with the properties that views and other commands look for.
    private void Emit(Output output, FileInfo file) => WriteObject(ItemOf(file.FullName));

    private PSObject ItemOf(string path) =>
        InvokeProvider.Item.Get([$@"Microsoft.PowerShell.Core\FileSystem::{path}"], force: true, literalPath: true)[0];
}
