using System.Globalization;

namespace AtlasCloud.Bench.Measurements;

/// <summary>What it costs to wait for many predictions that do not finish.</summary>
internal static class Waiting
{
    private const string Ours = "AtlasCloud";

    internal static Comparison Create(BenchContext context) => new(
        "waiting",
        [
            new(Ours, () => context.Shell.MeasureAsync(
                "Waiting.ps1",
                "-Module", context.Shell.Module,
                "-Model", context.Endless.Id,
                "-Count", context.Sizes.Waiting.ToString(CultureInfo.InvariantCulture),
                "-Seconds", context.Sizes.WaitingSeconds.ToString(CultureInfo.InvariantCulture)), MaxRounds: 2),
        ],
        [
            new("10,000 rows waiting at once: processor", "≤ 10 % of a core", 10, "0 '%'", m => m.Of(Ours, s => s.Processor)),
            new("10,000 rows waiting at once: memory of the process", "≤ 200 MiB", 200, "0 MiB", m => m.Of(Ours, s => s.Memory)),
            new("Ctrl+C while 10,000 rows wait", "≤ 300 ms", 300, "0 ms", m => m.Of(Ours, s => s.Stop)),
        ]);
}
