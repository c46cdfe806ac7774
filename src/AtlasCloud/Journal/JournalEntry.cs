using System.Text.Json;
using AtlasCloud.Journal;
using AtlasCloud.Text;

namespace AtlasCloud;

/// <summary>
/// The journal's record of one billable request. It never contains the API key, and contains the prompt only if
/// <see cref="AtlasCloudOptions.RecordPrompts"/> is set.
/// </summary>
public sealed record JournalEntry
{
    private readonly IReadOnlyList<SavedFile> _files = ReadOnlyLists.Empty<SavedFile>();

    /// <summary>The ID of the entry in the journal. IDs sort by the time of creation.</summary>
    public required string JournalId { get; init; }

    /// <summary>The prediction's ID at the service; null while it is unknown.</summary>
    public string? PredictionId { get; init; }

    /// <summary>The same as <see cref="PredictionId"/>, under the name that <see cref="Prediction"/> uses, so that entries and predictions can be listed together.</summary>
    public string? Id => PredictionId;

    /// <summary>The state of the request, as far as the journal knows.</summary>
    public JournalState State { get; init; }

    /// <summary>Whether a result may still have to be collected: the state is Intent, Unknown, InFlight or Succeeded. Open entries are never removed.</summary>
    public bool IsOpen => State.IsOpen();

    /// <summary>The model's ID; null if the line that records it is damaged.</summary>
    public string? Model { get; init; }

    /// <summary>The kind of result; Unknown if it was not recorded.</summary>
    public ModelKind Kind { get; init; }

    /// <summary>The caller's label for the request; null if it has none.</summary>
    public string? Label { get; init; }

    /// <summary>The service's origin: scheme, host and port.</summary>
    public string? Origin { get; init; }

    /// <summary>When the entry was created, just before the request was sent.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When the request was sent; null if only the intent was recorded.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When the entry was last updated.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The last known status, in the service's words.</summary>
    public string? Status { get; init; }

    /// <summary>Why the request was refused, failed or closed, or why its outcome is unknown; null for other states.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// The SHA-256 of the request in a normalized form, as 64 lower-case hexadecimal digits. The same request in the account's history has the same digest.
    /// </summary>
    public string? Digest { get; init; }

    /// <summary>The prompt; null unless <see cref="AtlasCloudOptions.RecordPrompts"/> was set.</summary>
    public string? Prompt { get; init; }

    /// <summary>The settled price in <see cref="Currency"/>; null while it is unknown, which does not mean zero.</summary>
    public decimal? Price { get; init; }

    /// <summary>The price in <see cref="Currency"/> that was quoted before the request was sent; null if no quote was requested.</summary>
    public decimal? QuotedPrice { get; init; }

    /// <summary>The currency of the prices, in lower case. Default: usd.</summary>
    public string Currency { get; init; } = "usd";

    /// <summary>The saved files; empty if nothing was saved.</summary>
    public IReadOnlyList<SavedFile> Files { get => _files; init => _files = ReadOnlyLists.Create(value); }

    /// <summary>The ID of the process that created the entry; null if unknown.</summary>
    public int? ProcessId { get; init; }

    /// <summary>The name of the machine that created the entry; null if unknown.</summary>
    public string? Machine { get; init; }

    /// <summary>The request with its uploads; null unless <see cref="AtlasCloudOptions.RecordPrompts"/> was set, and for a large request.</summary>
    internal JsonElement? Recorded { get; init; }

    /// <summary>The fingerprint of the API key; null if it was not recorded.</summary>
    internal string? Account { get; init; }

    /// <summary>The service's time minus that of the machine when the request was sent; null if it was not measured.</summary>
    internal TimeSpan? ClockOffset { get; init; }

    /// <summary>The digest that identifies the request in later runs, as <see cref="Digest"/> does unless the request had uploads or results as inputs; null if it was not recorded.</summary>
    internal string? ReuseDigest { get; init; }

    /// <summary>Whether a download found that the URLs of the outputs have expired.</summary>
    internal bool IsExpired { get; init; }

    /// <summary>When the history was first searched for the request, in the service's time; null if that was not recorded.</summary>
    internal DateTimeOffset? SearchedAt { get; init; }

    /// <summary>The <see cref="Storage.MachineIdentity"/> of the process that created the entry; null if unknown.</summary>
    internal string? MachineId { get; init; }

    /// <summary>The start of that process, from <see cref="Storage.RunningProcess"/>; null if unknown.</summary>
    internal string? ProcessStart { get; init; }

    /// <summary>When the request was sent, by the clock of its machine and as far as is known; null if the line that records it is damaged.</summary>
    internal DateTimeOffset? LastSentAt => SentAt ?? CreatedAt;

    /// <summary>Returns the prediction's ID, or the entry's ID if that is unknown, with model and state.</summary>
    public override string ToString() => SafeText.Sanitize($"{PredictionId ?? JournalId} {Model} ({State})", length: 300);
}
