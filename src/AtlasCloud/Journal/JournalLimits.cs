namespace AtlasCloud.Journal;

/// <summary>The limits of the journal.</summary>
internal sealed record JournalLimits
{
    /// <summary>The size below which the file is not compacted. Above it, it is compacted each time it has doubled. Default: 8 MiB.</summary>
    internal long MinCompactBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>The time that an entry is kept after it was settled. Default: 30 days.</summary>
    internal TimeSpan SettledRetention { get; init; } = TimeSpan.FromDays(30);

    /// <summary>The maximum number of settled entries to keep. A run that is repeated pays again for what is removed. Default: 50,000.</summary>
    internal int MaxSettledEntries { get; init; } = 50_000;

    /// <summary>The maximum size of the archive of removed entries and damaged lines. Beyond it, the older half is removed. Default: 16 MiB.</summary>
    internal long MaxArchiveBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The maximum length of a line, for writing and reading. Default: 1 MiB.</summary>
    internal int MaxLineBytes { get; init; } = 1024 * 1024;

    /// <summary>The time that an append waits for the lock of another process. Default: 2 s.</summary>
    internal TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The time that a canceled submit waits until its entry is recorded as refused. The line is written even if it takes longer. Default: 0.2 s.</summary>
    internal TimeSpan CancelTimeout { get; init; } = TimeSpan.FromSeconds(0.2);

    /// <summary>The clock of these waits. Default: the system clock, whatever the clock of the client is, since other processes hold the lock in real time.</summary>
    internal TimeProvider LockClock { get; init; } = TimeProvider.System;
}
