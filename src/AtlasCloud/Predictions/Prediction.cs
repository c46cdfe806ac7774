using System.Collections.Specialized;
using AtlasCloud.Json;
using AtlasCloud.Predictions;
using AtlasCloud.Text;

namespace AtlasCloud;

/// <summary>A task at the service: its request, status, outputs and price. An immutable snapshot. API reference, section 5.1.</summary>
public sealed record Prediction
{
    private readonly IReadOnlyList<Output> _outputs = ReadOnlyLists.Empty<Output>();
    private readonly IReadOnlyList<RequestUpload> _uploads = ReadOnlyLists.Empty<RequestUpload>();
    private readonly IReadOnlyList<SavedFile> _files = ReadOnlyLists.Empty<SavedFile>();

    /// <summary>The ID. It is sufficient to read the status and collect the outputs.</summary>
    public required string Id { get; init; }

    /// <summary>The model's ID; null if only the prediction's ID is known.</summary>
    public string? Model { get; init; }

    /// <summary>The kind of result; Unknown if neither the request nor the model tells.</summary>
    public ModelKind Kind { get; init; }

    /// <summary>The status in the service's words, such as "processing" or "completed"; "unknown" if it does not say.</summary>
    public string Status { get; init; } = "unknown";

    /// <summary>The meaning of <see cref="Status"/>. A prediction that completed without outputs counts as failed.</summary>
    public PredictionState State { get; init; }

    /// <summary>Whether the prediction has finished: it succeeded or failed.</summary>
    public bool IsFinished => State != PredictionState.InFlight;

    /// <summary>All outputs, including thumbnails and last frames; empty until the prediction has finished.</summary>
    public IReadOnlyList<Output> Outputs { get => _outputs; init => _outputs = ReadOnlyLists.Create(value); }

    /// <summary>Why the prediction failed, usually in the service's words; null if it did not fail.</summary>
    public string? Error { get; init; }

    /// <summary>The service's error code for the failure; null if it gives none. API reference, section 11.3.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>When the service accepted the request; null if unknown.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When the prediction finished; null until then, and if the service does not say.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>The processing time at the service; null if it does not say.</summary>
    public TimeSpan? RunTime { get; init; }

    /// <summary>The time from the acceptance to the end of the prediction without <see cref="RunTime"/>; null unless the service gives all of them.</summary>
    public TimeSpan? QueueTime => CompletedAt - CreatedAt - RunTime is TimeSpan wait && wait >= TimeSpan.Zero ? wait : null;

    /// <summary>The settled price in <see cref="Currency"/>; null while it is unknown, which does not mean zero. It can appear some time after the result.</summary>
    public decimal? Price { get; init; }

    /// <summary>The unit of <see cref="Price"/>: prediction, since it covers all outputs; null while the price is unknown.</summary>
    public string? PriceUnit => Price is null ? null : "prediction";

    /// <summary>Whether the prediction was charged. API reference, section 4.5.</summary>
    public BillingState Charge { get; init; }

    /// <summary>The currency of <see cref="Price"/>, in lower case. Default: usd.</summary>
    public string Currency { get; init; } = "usd";

    /// <summary>The quote that was requested before the submit; null if none was requested.</summary>
    public Quote? Quote { get; init; }

    /// <summary>Whether an earlier run submitted the prediction, and this run took it over instead of paying again.</summary>
    public bool IsReused { get; init; }

    /// <summary>The files in which an earlier run saved all results, if they still exist; empty for a prediction that is not reused.</summary>
    public IReadOnlyList<SavedFile> Files { get => _files; init => _files = ReadOnlyLists.Create(value); }

    /// <summary>The progress in percent; null if the service does not say, which is usual.</summary>
    public double? Progress { get; init; }

    /// <summary>The label of the request; null if it has none. It is not sent to the service.</summary>
    public string? Label { get; init; }

    /// <summary>The number of the row that the request comes from, starting at 1; null if unknown. It is known only in the process that submitted the request.</summary>
    public int? Row { get; init; }

    /// <summary>The name of the first local input file, without folder and extension; null if there is none or it is unknown. It is known only in the process that submitted the request.</summary>
    public string? Source { get; init; }

    /// <summary>The inputs as they were sent, by the model's own names; null if only the prediction's ID is known.</summary>
    public OrderedDictionary? Request { get; init; }

    /// <summary>The files that were uploaded for the request; empty if there are none, or only the prediction's ID is known.</summary>
    public IReadOnlyList<RequestUpload> Uploads { get => _uploads; init => _uploads = ReadOnlyLists.Create(value); }

    /// <summary>The ID of the HTTP request that returned this prediction, for support requests; null if the service sent none.</summary>
    public string? RequestId { get; init; }

    /// <summary>All other members of the response, such as transcript, lyrics and token counts. Keys are not case-sensitive; read-only.</summary>
    public OrderedDictionary AdditionalProperties { get; init; } = new TextualDictionary();

    /// <summary>Returns the ID.</summary>
    public override string ToString() => Id;

    /// <summary>Whether a text has the syntax of a prediction ID: 1 to 200 letters, digits and the characters . _ : -.</summary>
    public static bool IsValidId(string? id) => PredictionId.IsValid(id);

    /// <summary>The final price in US dollars, zero if it was not charged; null while that is unknown.</summary>
    internal decimal? SettledPrice => this switch
    {
        { IsFinished: false } => null,
        { Charge: BillingState.NotCharged } => 0,
        { Currency: CostEstimate.LimitCurrency } => Price,
        _ => null,
    };

    /// <summary>The address that cancels the prediction; null if the service gives none.</summary>
    internal Uri? CancelUri { get; init; }

    /// <summary>The ID of the journal entry; null if there is none or it is unknown.</summary>
    internal string? JournalId { get; init; }

    /// <summary>Whether another client submitted the prediction, so that some of its outputs may be saved already.</summary>
    internal bool IsResumed { get; init; }

    /// <summary>When this process submitted the prediction; null if it did not. A new ID can be unknown to the service for some seconds.</summary>
    internal DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>The same as a timestamp of the monotonic clock, which changes of the system time do not affect.</summary>
    internal long? SubmittedTimestamp { get; init; }

    /// <summary>The average run time of the model, which decides when to poll; null if it is unknown.</summary>
    internal TimeSpan? AverageRunTime { get; init; }

    /// <summary>Whether the response has outputs that could not be read. They are in <see cref="AdditionalProperties"/>.</summary>
    internal bool HasUnreadOutputs { get; init; }

    /// <summary>Whether the outcome rests on what the response does not contain, such as outputs or a price, so that it is read once more before it counts.</summary>
    internal bool NeedsSecondLook { get; init; }

    /// <summary>Whether there is anything to save: outputs, or the details of a transcript or of lyrics.</summary>
    internal bool HasResult => Outputs.Count > 0 || HasUnreadOutputs || PredictionDetails.Exist(AdditionalProperties);

    /// <summary>
    /// Returns this prediction with values of an earlier one that the service does not repeat in each response. A result that was read once is kept, whatever
    /// a later response says.
    /// </summary>
    internal Prediction MergeWith(Prediction earlier) => earlier is { State: PredictionState.Succeeded, HasResult: true } && IsLessThan(earlier)
        ? earlier with
        {
            Price = Price ?? earlier.Price,
            Charge = Price is null ? earlier.Charge : BillingState.Charged,
            Currency = Price is null ? earlier.Currency : Currency,
            RequestId = RequestId ?? earlier.RequestId,
        }
        : AddValuesOf(earlier);

    private bool IsLessThan(Prediction earlier) => State != PredictionState.Succeeded || Outputs.Count < earlier.Outputs.Count || !HasResult;

    private Prediction AddValuesOf(Prediction earlier) => this with
    {
        Model = Model ?? earlier.Model,
        Kind = Kind == ModelKind.Unknown ? earlier.Kind : Kind,
        CreatedAt = CreatedAt ?? earlier.CreatedAt,
        Label = Label ?? earlier.Label,
        Row = Row ?? earlier.Row,
        Source = Source ?? earlier.Source,
        Quote = Quote ?? earlier.Quote,
        Request = Request ?? earlier.Request,
        Uploads = Uploads.Count > 0 ? Uploads : earlier.Uploads,
        CancelUri = CancelUri ?? earlier.CancelUri,
        JournalId = JournalId ?? earlier.JournalId,
        IsResumed = IsResumed || earlier.IsResumed,
        IsReused = IsReused || earlier.IsReused,
        Files = Files.Count > 0 ? Files : earlier.Files,
        SubmittedAt = SubmittedAt ?? earlier.SubmittedAt,
        SubmittedTimestamp = SubmittedTimestamp ?? earlier.SubmittedTimestamp,
        AverageRunTime = AverageRunTime ?? earlier.AverageRunTime,
    };
}
