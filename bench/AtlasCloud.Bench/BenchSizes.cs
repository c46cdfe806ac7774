namespace AtlasCloud.Bench;

/// <summary>The sizes of the measurements.</summary>
internal sealed record BenchSizes
{
    internal int Rounds { get; init; } = 3;

    /// <summary>Whether peers are installed from a package registry. The tests need nothing from outside.</summary>
    internal bool InstallsPeers { get; init; } = true;

    internal long TransferBytes { get; init; } = 1L << 30;

    internal int Events { get; init; } = 100_000;

    internal int Pictures { get; init; } = 200;

    internal double PictureMilliseconds { get; init; } = 2000;

    /// <summary>The pictures that the documented loop makes; its time is scaled up.</summary>
    internal int LoopPictures { get; init; } = 4;

    internal int JournalEntries { get; init; } = 100_000;

    internal int JournalAppends { get; init; } = 10_000;

    internal int Waiting { get; init; } = 10_000;

    internal double WaitingSeconds { get; init; } = 20;

    /// <summary>Sizes that check in seconds that each measurement works. Their results say nothing about speed.</summary>
    internal static BenchSizes Small { get; } = new()
    {
        Rounds = 1,
        InstallsPeers = false,
        TransferBytes = 1 << 20,
        Events = 1000,
        Pictures = 3,
        PictureMilliseconds = 10,
        LoopPictures = 1,
        JournalEntries = 500,
        JournalAppends = 200,
        Waiting = 20,
        WaitingSeconds = 0.2,
    };
}
