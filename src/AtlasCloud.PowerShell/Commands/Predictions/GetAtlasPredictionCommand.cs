using System.Management.Automation;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Returns how predictions stand now, by their ids, from the account's history, or from the journal.</summary>
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

    /// <summary>The ids.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet, HelpMessage = "The id of a prediction, as a New-Atlas command returned it.")]
    [Alias("PredictionId")]
    [ArgumentCompleter(typeof(PredictionIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = [];

    /// <summary>List the account's past tasks, the newest first. End it with Select-Object -First.</summary>
    [Parameter(Mandatory = true, ParameterSetName = HistorySet)]
    public SwitchParameter History { get; set; }

    /// <summary>What was submitted and not collected yet, also by sessions and processes that are gone. Lost answers are looked for in the history.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PendingSet)]
    public SwitchParameter Pending { get; set; }

    /// <summary>List the journal: all requests that were submitted from this machine, the oldest first. Asks nobody.</summary>
    [Parameter(Mandatory = true, ParameterSetName = JournalSet)]
    public SwitchParameter Journal { get; set; }

    /// <summary>Only those of this model; with -History, an id that ends in * takes all that begin so.</summary>
    [Parameter(ParameterSetName = HistorySet)]
    [Parameter(ParameterSetName = PendingSet)]
    [Parameter(ParameterSetName = JournalSet)]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? Model { get; set; }

    /// <summary>Only those with one of these labels.</summary>
    [Parameter(ParameterSetName = PendingSet)]
    [Parameter(ParameterSetName = JournalSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Label { get; set; }

    /// <summary>Only those that were submitted then or later.</summary>
    [Parameter(ParameterSetName = PendingSet)]
    [Parameter(ParameterSetName = JournalSet)]
    [ValidateNotNull]
    public DateTimeOffset? After { get; set; }

    /// <summary>Only those that were submitted before.</summary>
    [Parameter(ParameterSetName = PendingSet)]
    [Parameter(ParameterSetName = JournalSet)]
    [ValidateNotNull]
    public DateTimeOffset? Before { get; set; }

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
        switch (ParameterSetName)
        {
            case HistorySet:
                WriteHistory();
                return;
            case PendingSet:
                WritePending();
                return;
            case JournalSet:
                WriteObject(Run(Client.Journal.ListAsync).Where(IsWanted), enumerateCollection: true);
                return;
        }

        ForEach(Id, id =>
        {
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
        HistoryQuery query = new()
        {
            State = State is null ? null
                : State.Equals("running", StringComparison.OrdinalIgnoreCase) ? PredictionState.InFlight
                : Enum.Parse<PredictionState>(State, ignoreCase: true),
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
        foreach (PendingTask task in Pull(Client.Journal.ListPendingAsync(IsWanted, StoppingToken)))
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

    private bool IsWanted(JournalEntry entry) =>
        (Model is null || IsLike(entry.Model, Model))
        && (Label is null || Label.Any(l => IsLike(entry.Label, l)))
        && (After is null || entry.CreatedAt >= After)
        && (Before is null || entry.CreatedAt < Before);

    private static bool IsLike(string? text, string pattern) =>
        text is not null && (text.Equals(pattern, StringComparison.OrdinalIgnoreCase) || WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(text));

    private void Emit(string id, Prediction prediction) => WriteObject(prediction);
}
