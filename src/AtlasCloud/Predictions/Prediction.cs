using System.Collections.Specialized;
using AtlasCloud.Text;

namespace AtlasCloud;

/// <summary>A task at the service: what was asked for, how it stands, and what came of it.</summary>
public sealed record Prediction
{
    private readonly IReadOnlyList<Output> _outputs = [];

    /// <summary>The id. Whoever has it can collect the result.</summary>
    public required string Id { get; init; }

    /// <summary>The model it runs on; null where only the id is known.</summary>
    public string? Model { get; init; }

    /// <summary>What it makes, as far as is known.</summary>
    public ModelKind Kind { get; init; }

    /// <summary>The service's own word for how it stands.</summary>
    public string Status { get; init; } = "unknown";

    /// <summary>What that word means.</summary>
    public PredictionState State { get; init; }

    /// <summary>Whether nothing more will happen to it.</summary>
    public bool IsFinished => State != PredictionState.InFlight;

    /// <summary>Everything it made, thumbnails and last frames included.</summary>
    public IReadOnlyList<Output> Outputs { get => _outputs; init => _outputs = ReadOnlyLists.Create(value); }

    /// <summary>Why it failed, in the service's words; null where it did not.</summary>
    public string? Error { get; init; }

    /// <summary>The service's number for that failure.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>When the service took it.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it was finished.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>How long the service worked on it; null where it does not say.</summary>
    public TimeSpan? RunTime { get; init; }

    /// <summary>The settled price in <see cref="Currency"/>; null while it is not known, which is not the same as zero.</summary>
    public decimal? Price { get; init; }

    /// <summary>What is known about the money.</summary>
    public BillingState Charge { get; init; }

    /// <summary>The currency, in lower case.</summary>
    public string Currency { get; init; } = "usd";

    /// <summary>What the service said it would cost, where it was asked before the submit; null where it was not.</summary>
    public Quote? Quote { get; init; }

    /// <summary>How far it has come, in percent; null where the service does not say.</summary>
    public double? Progress { get; init; }

    /// <summary>The name that the user gave it.</summary>
    public string? Label { get; init; }

    /// <summary>The request as it was sent; null for a prediction of which only the id is known.</summary>
    public OrderedDictionary? Request { get; init; }

    /// <summary>The request id of the reply this was read from.</summary>
    public string? RequestId { get; init; }

    /// <summary>What else the service says: transcript, lyrics, token counts, anything new.</summary>
    public OrderedDictionary AdditionalProperties { get; init; } = [];

    /// <summary>The id.</summary>
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

    /// <summary>Where it can be cancelled, if the service says so.</summary>
    internal Uri? CancelUri { get; init; }

    /// <summary>Its entry in the journal; null where it has none, or that is not known.</summary>
    internal string? JournalId { get; init; }

    /// <summary>Whether another session submitted it, so that parts of its result may be on disk already.</summary>
    internal bool IsResumed { get; init; }

    /// <summary>When it was submitted by this process, for the grace that a fresh id gets.</summary>
    internal DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>The same on the clock that nobody can set; known in this process only.</summary>
    internal long? SubmittedTimestamp { get; init; }

    /// <summary>Takes over what a poll does not repeat.</summary>
    internal Prediction MergeWith(Prediction earlier) => this with
    {
        Model = Model ?? earlier.Model,
        Kind = Kind == ModelKind.Unknown ? earlier.Kind : Kind,
        CreatedAt = CreatedAt ?? earlier.CreatedAt,
        Label = Label ?? earlier.Label,
        Quote = Quote ?? earlier.Quote,
        Request = Request ?? earlier.Request,
        CancelUri = CancelUri ?? earlier.CancelUri,
        JournalId = JournalId ?? earlier.JournalId,
        IsResumed = IsResumed || earlier.IsResumed,
        SubmittedAt = SubmittedAt ?? earlier.SubmittedAt,
        SubmittedTimestamp = SubmittedTimestamp ?? earlier.SubmittedTimestamp,
    };
}
