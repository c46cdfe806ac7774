using System.Globalization;
using AtlasCloud.Bench.Server;

namespace AtlasCloud.Bench.Measurements;

/// <summary>How long commands take to end after Ctrl+C, including the disposal of their client.</summary>
internal static class Stopping
{
    internal static Comparison Create(BenchContext context)
    {
        string file = Path.Join(context.Scratch, "large.png");
        (string Name, string Line)[] commands =
        [
            ("submit", $"1..1000000 | New-AtlasImage -Model {context.Instant.Id}"),
            ("wait", $"1..{Math.Min(200, context.Sizes.Waiting)} | New-AtlasImage -Model {context.Endless.Id} | Wait-AtlasPrediction"),
            ("upload", $"while ($true) {{ Disconnect-Atlas; Connect-Atlas; Send-AtlasMedia '{file}' -WarningAction Ignore }}"),
            ("download", $"while ($true) {{ New-AtlasImage boat -Model {context.Large.Id} | Wait-AtlasPrediction | Save-AtlasOutput '{context.CreateFolder()}' -Name large -Force }}"),
            ("stream", $"while ($true) {{ Invoke-AtlasChat hello -Model {BenchCatalog.ChatModel} -MaxTokens 10000000 -Stream }}"),
        ];
        return new(
            "stop",
            [.. commands.Select(c => new Contestant(c.Name, () => context.Shell.MeasureAsync("Stop.ps1", "-Module", context.Shell.Module, "-Line", c.Line, "-Seconds", (2).ToString(CultureInfo.InvariantCulture)), MaxRounds: 3))],
            [.. commands.Select(c => new Goal($"Ctrl+C during {c.Name}", "≤ 300 ms", 300, "0 ms", m => m.Time(c.Name)))]);
    }
}
