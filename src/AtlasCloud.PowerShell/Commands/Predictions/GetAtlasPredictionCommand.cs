using System.Management.Automation;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Returns predictions by ID, from the history of the account, or from the journal.</summary>
[Cmdlet(VerbsCommon.Get, "AtlasPrediction", DefaultParameterSetName = IdSet)]
[OutputType(typeof(Prediction), ParameterSetName = [IdSet, HistorySet, PendingSet])]
[OutputType(typeof(JournalEntry), ParameterSetName = [JournalSet])]
public sealed class GetAtlasPredictionCommand : SessionCmdlet
{
    private const string IdSet = "Id";
    private const string HistorySet = "History";
    private const string PendingSet = "Pending";
    private const string JournalSet = "Journal";

    private PipelineWork<string, Prediction>? _reads;

    /// <summary>The prediction IDs.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet, HelpMessage = "The ID of a prediction, as a New-Atlas command returned it.")]
    [Alias("PredictionId")]
    [ArgumentCompleter(typeof(PredictionIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = [];

    /// <summary>Lists the past predictions of the account, newest first. Limit them with Select-Object -First.</summary>
    [Parameter(Mandatory = true, ParameterSetName = HistorySet)]
    public SwitchParameter History { get; set; }

    /// <summary>Returns predictions that were submitted from this machine and not saved yet, newest first, including those of ended processes. Requests without a response are looked up in the history.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PendingSet)]
    public SwitchParameter Pending { get; set; }

    /// <summary>Lists the journal: all requests that were submitted from this machine, newest first. Sends no request.</summary>
    [Parameter(Mandatory = true, ParameterSetName = JournalSet)]
    public SwitchParameter Journal { get; set; }

    /// <summary>Returns predictions of this model only. With -History, an ID that ends with * matches a prefix.</summary>
    [Parameter(ParameterSetName = HistorySet)]
    [Parameter(ParameterSetName = PendingSet)]
    [Parameter(ParameterSetName = JournalSet)]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? Model { get; set; }

    /// <summary>Returns predictions with one of these labels only.</summary>
    [Parameter(ParameterSetName = PendingSet)]
    [Parameter(ParameterSetName = JournalSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Label { get; set; }

    /// <summary>Returns only this number of the newest predictions, after all other filters.</summary>
    [Parameter(ParameterSetName = JournalSet)]
    [ValidateRange(1, int.MaxValue)]
    [NumberTransformation(typeof(int))]
    public int Last { get; set; } = int.MaxValue;

    /// <summary>Returns predictions that were submitted at this time or later.</summary>
    [Parameter(ParameterSetName = PendingSet)]
    [Parameter(ParameterSetName = JournalSet)]
    [Alias("Since")]
    [ValidateNotNull]
    public DateTimeOffset? After { get; set; }

    /// <summary>Returns predictions that were submitted before this time.</summary>
    [Parameter(ParameterSetName = PendingSet)]
    [Parameter(ParameterSetName = JournalSet)]
    [ValidateNotNull]
    public DateTimeOffset? Before { get; set; }

    /// <summary>Returns predictions in this state only. The history has InFlight (also called running), Succeeded and Failed; the others exist in the journal only.</summary>
    [Parameter(ParameterSetName = HistorySet)]
    [Parameter(ParameterSetName = PendingSet)]
    [Parameter(ParameterSetName = JournalSet)]
    [ValidateSet("InFlight", "Running", "Succeeded", "Failed", "Saved", "Intent", "Unknown", "Refused", "Closed")]
    public string? State { get; set; }

    /// <summary>Returns predictions with this status only, in the words of the service. More exact than -State: a timeout is also a failure.</summary>
    [Parameter(ParameterSetName = HistorySet)]
    [ValidateSet("created", "processing", "completed", "failed", "timeout")]
    public string? Status { get; set; }

    /// <inheritdoc/>
    protected override void BeginInput()
    {
        base.BeginInput();
        _reads = new(Pump, Client.Options.ThrottleLimit, inOrder: true);
    }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        switch (ParameterSetName)
        {
            case HistorySet:
                WriteHistory();
                return;
            case PendingSet:
                WritePending();
                return;
            case JournalSet:
                WriteObject(Run(Client.Journal.ListAsync).Where(MatchesFilters).Reverse().Take(Last), enumerateCollection: true);
                return;
        }

        ForEach(Id, id =>
        {
            _reads!.WaitForSlot();
            DrainCompleted(_reads, Emit);
            _reads.Add(id, stopping => Client.Predictions.GetAsync(id, stopping));
        });
        DrainCompleted(_reads!, Emit);
    }

    /// <inheritdoc/>
    protected override void EndInput() => DrainAll(_reads!, Emit);

    private void WriteHistory()
    {
        bool isPrefix = Model?.EndsWith('*') == true;
        PredictionState parsed = default;
        if (State is not null && !Enum.TryParse(StateName, ignoreCase: true, out parsed))
        {
            throw CmdletErrors.StateNotInHistory(State);
        }

        HistoryQuery query = new()
        {
            State = State is null ? null : parsed,
            Status = Status,
            Model = isPrefix ? null : Model,
            ModelPrefix = isPrefix ? Model!.TrimEnd('*') : null,
        };
        foreach (Prediction prediction in Pull(Client.Predictions.ListHistoryAsync(query, StoppingToken)))
        {
            WriteObject(prediction);
        }
    }

    private void WritePending()
    {
        foreach (PendingTask task in Pull(Client.Journal.ListPendingAsync(MatchesFilters, StoppingToken)))
        {
            if (task.Failure is AtlasCloudException failure)
            {
                WriteFailure(failure, task.Entry);
            }
            else
            {
                WriteObject(task.Prediction);
            }
        }
    }

    private bool MatchesFilters(JournalEntry entry) =>
        (State is null || entry.State.ToString().Equals(StateName, StringComparison.OrdinalIgnoreCase))
        && (Model is null || IsMatch(entry.Model, Model))
        && (Label is null || Label.Any(l => IsMatch(entry.Label, l)))
        && (After is null || entry.CreatedAt >= After)
        && (Before is null || entry.CreatedAt < Before);

    private string? StateName => "running".Equals(State, StringComparison.OrdinalIgnoreCase) ? nameof(PredictionState.InFlight) : State;

    private static bool IsMatch(string? text, string pattern) =>
        text is not null && (text.Equals(pattern, StringComparison.OrdinalIgnoreCase) || WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(text));

    private void Emit(string id, Prediction prediction) => WriteObject(prediction);
}
