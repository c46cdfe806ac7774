using System.Globalization;

namespace AtlasCloud.Soak;

/// <summary>What a worker is told when it is started. The key comes by the environment, as it should.</summary>
/// <param name="Service">The address of the service.</param>
/// <param name="Folder">Where journal and results are.</param>
/// <param name="Jobs">How many jobs there are.</param>
/// <param name="IsCollectOnly">Whether it submits nothing.</param>
/// <param name="Seed">Where its chance begins.</param>
/// <param name="Start">When the clocks showed the same.</param>
/// <param name="Speed">How much faster than real time the clock runs.</param>
/// <param name="Ahead">What the clock was set forward by.</param>
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

    /// <summary>Reads what <see cref="ToArguments"/> wrote; null for other arguments.</summary>
    internal static WorkerSettings? Parse(string[] args) => args is not [Mode, ..] || args.Length != ArgumentCount ? null : new WorkerSettings(
        new Uri(args[1]),
        args[2],
        int.Parse(args[3], CultureInfo.InvariantCulture),
        args[4] == "collect",
        int.Parse(args[5], CultureInfo.InvariantCulture),
        new DateTimeOffset(long.Parse(args[6], CultureInfo.InvariantCulture), TimeSpan.Zero),
        double.Parse(args[7], CultureInfo.InvariantCulture),
        TimeSpan.FromTicks(long.Parse(args[8], CultureInfo.InvariantCulture)));

    /// <summary>A client as the worker has it.</summary>
    internal AtlasCloudClient Connect(string key) => new(
        new AtlasCloudOptions { BaseUri = Service, ApiKey = key, JournalPath = Journal, PollTimeout = TimeSpan.FromMinutes(2) },
        clock: Clock,
        random: new Random(Seed));
}
