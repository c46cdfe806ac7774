using System.Management.Automation;
using AtlasCloud.PowerShell.Binding;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Sessions;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Saves the outputs of predictions to files, with concurrent downloads.</summary>
[Cmdlet(VerbsData.Save, "AtlasOutput", SupportsShouldProcess = true, DefaultParameterSetName = PredictionSet)]
[OutputType(typeof(FileInfo), typeof(RunSummary))]
public sealed partial class SaveAtlasOutputCommand : SessionCmdlet
{
    private const string PredictionSet = "Prediction";
    private const string OutputSet = "Output";

    private readonly Dictionary<string, SavePlan> _plans = new(StringComparer.Ordinal);
    private PipelineWork<PlannedFile, SavedFile>? _saves;
    private OutputSaver? _saver;
    private readonly List<SavedFile> _files = [];
    private Batch? _batch;

    /// <summary>The predictions or their IDs.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PredictionSet)]
    [Alias("Id")]
    [ArgumentCompleter(typeof(PredictionIdCompleter))]
    [PredictionTransformation]
    [ValidateNotNull]
    public Prediction[] Prediction { get; set; } = [];

    /// <summary>The outputs to save, to save only some outputs of a prediction.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = OutputSet, HelpMessage = "An output of a prediction.")]
    [ValidateNotNull]
    public Output[] Output { get; set; } = [];

    /// <summary>The folder, which is created if it does not exist. Default: that of Set-AtlasDefault, or the current location.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = ".";

    /// <summary>The template for file names, with placeholders such as {id}, {model}, {index}, {row:000}, {source}, {date:yyyyMMdd} and {label}. The extension depends on the content.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = SaveOptions.DefaultNameTemplate;

    /// <summary>Also saves thumbnails, last frames and packages.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>Writes a .json file with the request next to each file.</summary>
    [Parameter]
    public SwitchParameter Metadata { get; set; }

    /// <summary>
    /// Returns one object at the end instead of the files: the number of rows of the pipeline, those that were reused, paid and failed, the files, the cost and
    /// the time.
    /// </summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    /// <summary>Overwrites existing files.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The maximum number of concurrent downloads. Default: the limit of the session.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    [NumberTransformation(typeof(int))]
    public int? ThrottleLimit { get; set; }

    /// <summary>The maximum size of a file in bytes. Larger downloads are canceled.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    [NumberTransformation(typeof(long))]
    public long MaximumSize { get; set; } = SaveOptions.DefaultMaximumSize;

    /// <inheritdoc/>
    protected override void BeginInput()
    {
        base.BeginInput();
        _batch = JoinBatch(BatchStage.Save);
        UserDefaults defaults = IsFromCommandLine(nameof(Destination)) && IsFromCommandLine(nameof(Name)) ? new UserDefaults() : CommandDefaults.Get(WriteWarning);
        Destination = IsFromCommandLine(nameof(Destination)) ? Destination : defaults.Destination ?? Destination;
        _saver = CreateSaver(defaults);
        _saves = new(Pump, ThrottleLimit ?? Client.Options.ThrottleLimit);
    }

    private OutputSaver CreateSaver(UserDefaults defaults)
    {
        bool isDefault = defaults.Name is not null && !IsFromCommandLine(nameof(Name));
        SaveOptions options = new()
        {
            Folder = FilePattern.ResolveLiteral(SessionState.Path, nameof(Destination), Destination),
            NameTemplate = isDefault ? defaults.Name! : Name,
            IncludeAll = All,
            WriteMetadata = Metadata,
            Overwrite = Force,
            MaximumSize = MaximumSize,
        };
        try
        {
            return Client.Outputs.CreateSaver(options);
        }
        catch (AtlasCloudException exception) when (isDefault && exception.Reason == AtlasCloudErrorReason.NameTemplateInvalid)
        {
            throw CmdletErrors.DefaultUnusable(defaults.Locate(nameof(Name)), nameof(Name), exception);
        }
    }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        ForEach(Output, SaveOutput);
        ForEach(Prediction, prediction =>
        {
            SavePlan plan = Plan(prediction);
            if (plan.SavedFiles.Count > 0)
            {
                _batch!.Save(plan.Prediction);
                WriteSaved(plan);
            }

            foreach (PlannedFile file in plan.Files)
            {
                Save(file);
            }
        });
        DrainCompleted(_saves!, Emit);
    }

    /// <inheritdoc/>
    protected override void EndInput()
    {
        DrainAll(_saves!, Emit);
        if (Summary)
        {
            Run(RefreshPricesAsync);
            WriteObject(_batch!.Summarize(_files));
        }
    }

    // A price is often published shortly after the result.
    private Task RefreshPricesAsync(CancellationToken stopping) => Parallel.ForEachAsync(
        _batch!.GetUnpriced(),
        new ParallelOptions { MaxDegreeOfParallelism = ThrottleLimit ?? Client.Options.ThrottleLimit, CancellationToken = stopping },
        async (prediction, token) => _batch.Update(await Client.Predictions.RefreshPriceAsync(prediction, token).ConfigureAwait(false)));

    private SavePlan Plan(Prediction prediction)
    {
        SavePlan plan = Run(stopping => _saver!.PlanAsync(prediction, stopping));
        _batch!.Update(plan.Prediction);
        return plan;
    }

    // All outputs of a prediction belong to one plan: it knows when the last one is saved, and gives them different names.
    private void SaveOutput(Output output)
    {
        string id = output.PredictionId ?? throw CmdletErrors.OutputWithoutPrediction(output.ToString());
        if (!_plans.TryGetValue(id, out SavePlan? plan))
        {
            _plans[id] = plan = Plan(new Prediction { Id = id });
        }

        if (plan.FindSavedFile(output) is SavedFile saved)
        {
            WriteVerbose($"Output {output.Index} of prediction {id} is saved already, under the same name, so it is not downloaded again.");
            SaveMissingMetadata(plan);
            Write(saved, plan.Prediction);
        }
        else
        {
            Save(plan.Files.FirstOrDefault(f => f.Output.Index == output.Index) ?? throw CmdletErrors.OutputNotPlanned(id, output.Index));
        }
    }

    private void Save(PlannedFile file)
    {
        if (!ShouldProcess(Path.Combine(_saver!.Folder, file.Name), $"Save output {file.Output.Index} of prediction {file.Prediction.Id}"))
        {
            if (IsWhatIfRequested())
            {
                _batch!.Skip(file.Prediction);
            }

            return;
        }

        _saves!.WaitForSlot();
        DrainCompleted(_saves, Emit);
        _saves.Add(file, stopping => SaveAsync(file, stopping));
    }

    private async Task<SavedFile> SaveAsync(PlannedFile file, CancellationToken stopping)
    {
        try
        {
            SavedFile saved = await _saver!.SaveAsync(file, (moved, total) => Report(file, moved, total), stopping).ConfigureAwait(false);
            _batch!.Save(file.Prediction);
            return saved;
        }
        catch
        {
            _batch!.AddSaveFailure(file.Prediction);
            throw;
        }
        finally
        {
            EndItemProgress(file.Output);
        }
    }

    private void Report(PlannedFile file, long moved, long? total) => ReportItemProgress(
        file.Output, $"Saving {file.Name}", TransferSize.Format(moved, total), total > 0 ? (double)moved / total : null);

    private void Emit(PlannedFile planned, SavedFile file) => Write(file, planned.Prediction);

    private void Write(SavedFile file, Prediction prediction)
    {
        if (Summary)
        {
            _files.Add(file);
        }
        else
        {
            WriteObject(GetItem(file.Path, prediction));
        }
    }

    // As Get-Item returns it, with the properties that views and other commands use, and with its origin.
    private PSObject GetItem(string path, Prediction prediction)
    {
        PSObject item = InvokeProvider.Item.Get([$@"Microsoft.PowerShell.Core\FileSystem::{path}"], force: true, literalPath: true)[0];
        item.Properties.Add(new ResultProperty(nameof(Prediction), prediction));
        item.Properties.Add(new ResultProperty(nameof(prediction.Label), prediction.Label));
        item.Properties.Add(new ResultProperty(nameof(prediction.Price), prediction.Price));
        item.Properties.Add(new ResultProperty(nameof(prediction.Currency), prediction.Currency));
        return item;
    }
}
