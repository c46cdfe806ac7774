namespace AtlasCloud.Journal;

/// <summary>The numbers of the journal.</summary>
internal sealed record JournalLimits
{
    /// <summary>Below this size the file is left alone. Above it, it is compacted each time it has doubled.</summary>
    internal long CompactBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>How long an entry is kept after it was settled.</summary>
    internal TimeSpan KeepSettled { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How many settled entries are kept at most.</summary>
    internal int MaximumSettled { get; init; } = 10_000;

    /// <summary>The size of the archive, where dropped entries and damaged lines go; beyond it the older half is cut off.</summary>
    internal long ArchiveBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The longest line that is written or read.</summary>
    internal int LineBytes { get; init; } = 1024 * 1024;

    /// <summary>How long an append waits for another process.</summary>
    internal TimeSpan LockWait { get; init; } = TimeSpan.FromSeconds(2);
}
