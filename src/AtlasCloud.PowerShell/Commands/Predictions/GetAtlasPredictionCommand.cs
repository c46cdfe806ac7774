using System.Management.Automation;
using AtlasCloud.PowerShell.Parameters;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Returns how predictions stand now, by their ids or from the account's history.</summary>
[Cmdlet(VerbsCommon.Get, "AtlasPrediction", DefaultParameterSetName = IdSet)]
[OutputType(typeof(Prediction))]
public sealed class GetAtlasPredictionCommand : SessionCmdlet
{
    private const string IdSet = "Id";
    private const string HistorySet = "History";

    private PipelineWork<string, Prediction>? _reads;

    /// <summary>The ids.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet, HelpMessage = "The id of a prediction, as a New-Atlas command returned it.")]
    [ArgumentCompleter(typeof(PredictionIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = [];

    /// <summary>List the account's past tasks, the newest first. End it with Select-Object -First.</summary>
    [Parameter(Mandatory = true, ParameterSetName = HistorySet)]
    public SwitchParameter History { get; set; }

    /// <summary>Only tasks of this model; an id that ends in * takes all that begin so.</summary>
    [Parameter(ParameterSetName = HistorySet)]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Model { get; set; }

    /// <summary>Only tasks in this state.</summary>
    [Parameter(ParameterSetName = HistorySet)]
    [ValidateSet("running", "succeeded", "failed")]
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
        if (History)
        {
            WriteHistory();
            return;
        }

        ForEach(Id, id =>
        {
            PredictionId.Check(id);
            _reads!.WaitForPlace();
            TakeFinished(_reads, Emit);
            _reads.Add(id, stopping => Client.Predictions.GetAsync(id, stopping));
        });
        TakeFinished(_reads!, Emit);
    }

    /// <inheritdoc/>
    protected override void EndInput() => TakeAll(_reads!, Emit);

    private void WriteHistory()
    {
        bool isPrefix = Model?.EndsWith('*') == true;
        HistoryQuery query = new() { State = State, Model = isPrefix ? null : Model, ModelPrefix = isPrefix ? Model!.TrimEnd('*') : null };
        foreach (Prediction prediction in Pull(Client.Predictions.HistoryAsync(query, StoppingToken)))
        {
            WriteObject(prediction);
        }
    }

    private void Emit(string id, Prediction prediction) => WriteObject(prediction);
}
