namespace AtlasCloud.Journal;

/// <summary>A saved file within a line of the journal.</summary>
internal sealed record JournalRecordFile(string Path, long Length, string? Sha256)
{
    /// <summary>The position of the output; null if unknown.</summary>
    public int? Output { get; init; }

    /// <summary>Its role; null for a result.</summary>
    public string? Role { get; init; }
}
