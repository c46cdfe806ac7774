using System.Text.Json;
using System.Text.Json.Nodes;

namespace AtlasCloud.Journal;

/// <summary>A line of the journal as it is written. Event and entry must come first: <see cref="JournalLine"/> relies on it.</summary>
internal sealed record JournalRecord
{
    public required string Event { get; init; }

    public string? Entry { get; init; }

    public DateTimeOffset At { get; init; }

    public DateTimeOffset? Sent { get; init; }

    public string? Prediction { get; init; }

    public string? Model { get; init; }

    public string? Kind { get; init; }

    public string? Label { get; init; }

    public string? Origin { get; init; }

    /// <summary>The <see cref="AccountFingerprint"/> of the key.</summary>
    public string? Account { get; init; }

    /// <summary>The service's time minus this machine's when the request was sent, in seconds.</summary>
    public decimal? ClockOffset { get; init; }

    /// <summary>When the history was searched for the request, in the service's time.</summary>
    public DateTimeOffset? Searched { get; init; }

    public string? Digest { get; init; }

    /// <summary>The digest that identifies the request in later runs; null if it equals <see cref="Digest"/>.</summary>
    public string? ReuseDigest { get; init; }

    public string? Status { get; init; }

    public string? Reason { get; init; }

    public decimal? Price { get; init; }

    public decimal? QuotedPrice { get; init; }

    public string? Currency { get; init; }

    public IReadOnlyList<JournalRecordFile>? Files { get; init; }

    public int? Process { get; init; }

    public string? Machine { get; init; }

    public string? MachineId { get; init; }

    public string? ProcessStart { get; init; }

    public string? Prompt { get; init; }

    /// <summary>The request with its uploads, as metadata files contain them.</summary>
    public JsonObject? Recorded { get; init; }

    /// <summary>In the first line of a compacted file: its size after compaction.</summary>
    public long? Size { get; init; }

    internal static decimal? ToSeconds(TimeSpan? offset) => offset is TimeSpan known ? (decimal)Math.Round(known.TotalSeconds, 1) : null;

    /// <summary>Serializes the line, including the line break.</summary>
    internal byte[] ToBytes() => [.. JsonSerializer.SerializeToUtf8Bytes(this, JournalJson.Default.JournalRecord), (byte)'\n'];
}
