namespace AtlasCloud.Predictions;

/// <summary>A request whose task is unknown.</summary>
/// <param name="Key">Identifies the request: the ID of its journal entry, if it has one.</param>
/// <param name="Digest">The digest of its content; null if the journal's line is damaged.</param>
internal sealed record OpenRequest(string Key, string? Digest)
{
    /// <summary>The model it was sent to; null if unknown.</summary>
    internal string? Model { get; init; }

    /// <summary>When it was last sent, by the clock of its machine; null if unknown.</summary>
    internal DateTimeOffset? SentAt { get; init; }

    /// <summary>Whether <see cref="SentAt"/> is the time of the intent, because its process ended without recording the send.</summary>
    internal bool IsIntent { get; init; }

    /// <summary>The service's time minus that of its machine when it was sent; null if it was not measured.</summary>
    internal TimeSpan? ClockOffset { get; init; }

    /// <summary>Whether its own process is running and can still receive the answer.</summary>
    internal bool IsWaiting { get; init; }

    /// <summary>Whether it was sent with the key of this client; null if that is unknown.</summary>
    internal bool? IsOwnAccount { get; init; }

    /// <summary>The request of an open journal entry.</summary>
    internal static OpenRequest Of(JournalEntry entry, bool? isOwnAccount, bool isWaiting) => new(entry.JournalId, entry.Digest)
    {
        Model = entry.Model,
        SentAt = entry.LastSentAt,
        IsIntent = entry.SentAt is null,
        ClockOffset = entry.ClockOffset,
        IsWaiting = isWaiting,
        IsOwnAccount = isOwnAccount,
    };
}
