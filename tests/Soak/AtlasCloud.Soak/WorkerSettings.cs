using System.Globalization;

namespace AtlasCloud.Soak;

/// <summary>The arguments of a worker. The API key is passed in an environment variable.</summary>
/// <param name="Service">The base address of the service.</param>
/// <param name="Folder">The folder for the journal and the results.</param>
/// <param name="Jobs">The number of jobs.</param>
/// <param name="IsCollectOnly">Whether the worker collects results without submitting jobs.</param>
/// <param name="Seed">The seed of its random generator.</param>
/// <param name="Start">The time at which the accelerated clock and the system clock were equal.</param>
/// <param name="Speed">The factor by which the clock is faster than real time.</param>
/// <param name="Ahead">How far the clock was advanced.</param>
internal sealed record WorkerSettings(
    Uri Service, string Folder, int Jobs, bool IsCollectOnly, int Seed, DateTimeOffset Start, double Speed, TimeSpan Ahead)
{
    internal const string Mode = "worker";
    internal const string KeyVariable = "ATLASCLOUD_API_KEY";

    private const int ArgumentCount = 9;

    internal string Journal => Path.Combine(Folder, "journal.jsonl");

    internal string Results => Path.Combine(Folder, "results");

    internal string Picture => Path.Combine(Folder, "picture.png");

    internal HurriedClock Clock => new(Start, Speed, Ahead);

    internal IReadOnlyList<string> ToArguments() =>
    [
        Mode,
        Service.ToString(),
        Folder,
        Jobs.ToString(CultureInfo.InvariantCulture),
        IsCollectOnly ? "collect" : "all",
        Seed.ToString(CultureInfo.InvariantCulture),
        Start.UtcTicks.ToString(CultureInfo.InvariantCulture),
        Speed.ToString("R", CultureInfo.InvariantCulture),
        Ahead.Ticks.ToString(CultureInfo.InvariantCulture),
    ];

    /// <summary>Parses the result of <see cref="ToArguments"/>; null for other arguments.</summary>
    internal static WorkerSettings? Parse(string[] args) => args is not [Mode, ..] || args.Length != ArgumentCount ? null : new WorkerSettings(
        new Uri(args[1]),
        args[2],
        int.Parse(args[3], CultureInfo.InvariantCulture),
        args[4] == "collect",
        int.Parse(args[5], CultureInfo.InvariantCulture),
        new DateTimeOffset(long.Parse(args[6], CultureInfo.InvariantCulture), TimeSpan.Zero),
        double.Parse(args[7], CultureInfo.InvariantCulture),
        TimeSpan.FromTicks(long.Parse(args[8], CultureInfo.InvariantCulture)));

    /// <summary>Creates a client for the worker.</summary>
    internal AtlasCloudClient Connect(string key) => new(
        new AtlasCloudOptions { BaseUri = Service, ApiKey = key, JournalPath = Journal, PollTimeout = TimeSpan.FromMinutes(2) },
        clock: Clock,
        random: new Random(Seed));
}
