namespace AtlasCloud.Predictions;

/// <summary>One request that is being submitted.</summary>
/// <param name="model">The model it goes to.</param>
/// <param name="digest">What identifies its content in the history.</param>
/// <param name="entry">Its journal entry; null if there is no journal.</param>
internal sealed class SubmitRecord(string model, string digest, JournalEntry? entry)
{
    private readonly string _key = entry?.JournalId ?? Guid.NewGuid().ToString("N");

    internal string Model => model;

    internal string Digest => digest;

    internal JournalEntry? Entry => entry;

    internal string? JournalId => entry?.JournalId;

    /// <summary>When it was last sent; null if it was not.</summary>
    internal DateTimeOffset? SentAt { get; set; }

    /// <summary>Whether its answer was lost, so that it can only be found in the history.</summary>
    internal bool IsLost { get; set; }

    /// <summary>The service's time minus this machine's, as the journal has it; null if it was not measured yet.</summary>
    internal TimeSpan? ClockOffset { get; set; }

    /// <summary>The request for the search in the history.</summary>
    /// <param name="clockOffset">The service's time minus this machine's; null if unknown.</param>
    internal OpenRequest ToOpenRequest(TimeSpan? clockOffset) => new(_key, digest)
    {
        Model = model,
        SentAt = SentAt ?? entry?.CreatedAt,
        ClockOffset = clockOffset,
        IsWaiting = !IsLost,
        IsOwnAccount = true,
    };
}
