using AtlasCloud.Journal;
using AtlasCloud.Text;

namespace AtlasCloud;

/// <summary>What the journal knows about one request that may cost money. It never has the key, and the prompt only where that was asked for.</summary>
public sealed record JournalEntry
{
    private readonly IReadOnlyList<SavedFile> _files = [];

    /// <summary>The journal's own id. Later entries sort behind earlier ones.</summary>
    public required string JournalId { get; init; }

    /// <summary>The id at the service; null while it is not known.</summary>
    public string? PredictionId { get; init; }

    /// <summary>How it stands.</summary>
    public JournalState State { get; init; }

    /// <summary>Whether something may still have to be collected. Open entries are never dropped.</summary>
    public bool IsOpen => State.IsOpen();

    /// <summary>The model that was asked; null where the line that said so is damaged.</summary>
    public string? Model { get; init; }

    /// <summary>What it makes, as far as is known.</summary>
    public ModelKind Kind { get; init; }

    /// <summary>The name that the user gave it.</summary>
    public string? Label { get; init; }

    /// <summary>The service that was asked: scheme, host and port.</summary>
    public string? Origin { get; init; }

    /// <summary>When the intent was written.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it was sent; null where only the intent is known.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When the last line about it was written.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The service's last word for how it stands.</summary>
    public string? Status { get; init; }

    /// <summary>Why it was refused, failed, given up, or why its outcome is not known.</summary>
    public string? Reason { get; init; }

    /// <summary>The SHA-256 of the request in lower-case hexadecimal, taken so that the same request in the history has the same.</summary>
    public string? Digest { get; init; }

    /// <summary>The prompt, where it was asked for.</summary>
    public string? Prompt { get; init; }

    /// <summary>The settled price; null while it is not known, which is not the same as zero.</summary>
    public decimal? Price { get; init; }

    /// <summary>The price that was quoted before it was sent; null where nobody asked.</summary>
    public decimal? QuotedPrice { get; init; }

    /// <summary>The currency, in lower case.</summary>
    public string Currency { get; init; } = "usd";

    /// <summary>What is saved of it.</summary>
    public IReadOnlyList<SavedFile> Files { get => _files; init => _files = ReadOnlyLists.Create(value); }

    /// <summary>The process that wrote the intent.</summary>
    public int? ProcessId { get; init; }

    /// <summary>The machine that it ran on.</summary>
    public string? Machine { get; init; }

    /// <summary>The id at the service where it is known, else the journal's own, with model and state.</summary>
    public override string ToString() => SafeText.Sanitize($"{PredictionId ?? JournalId} {Model} ({State})", length: 300);
}
