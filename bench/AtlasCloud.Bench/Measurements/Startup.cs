namespace AtlasCloud.Bench.Measurements;

/// <summary>What a new process costs: import, a whole script, and the first use of a command.</summary>
internal static class Startup
{
    private const string Ours = "AtlasCloud";
    private const string Empty = "empty module";
    private const string Shell = "shell alone";

    internal static Comparison Import(BenchContext context) => new(
        "import",
        [
            new(Ours, () => context.Shell.MeasureAsync("Import.ps1", "-Module", context.Shell.Module)),
            new(Empty, () => context.Shell.MeasureAsync("Import.ps1", "-Module", context.EmptyModule)),
        ],
        [new("`Import-Module`", "≤ 1.5 × an empty binary module", 1.5, "0.00 ×", m => m.Ratio(Ours, Empty))]);

    internal static Comparison OneShot(BenchContext context) => new(
        "one-shot",
        [
            new(Ours, () => context.InFolderAsync(f => context.Shell.MeasureProcessAsync("OneShot.ps1", "-Module", context.Shell.Module, "-Model", context.Instant.Id, "-Destination", f))),
            new(Shell, () => context.Shell.MeasureProcessAsync("Nothing.ps1")),
        ],
        [new("A script: import, submit, wait and save one picture", "≤ 250 ms above the shell's own start", 250, "0 ms", m => m.Time(Ours) - m.Time(Shell))]);

    // The engine's own part of a completion is measured with the empty module, whose 500 names are in memory.
    internal static Comparison FirstTab(BenchContext context) => new(
        "first-tab",
        [
            new(Ours, () => context.Shell.MeasureAsync("FirstTab.ps1", "-Module", context.Shell.Module, "-Line", "New-AtlasImage -Model ")),
            new(Empty, () => context.Shell.MeasureAsync("FirstTab.ps1", "-Module", context.EmptyModule, "-Line", "Get-Nothing -Model ")),
        ],
        [new("First Tab on `-Model` in a process, 500 models on disk", "≤ 50 ms above 500 names in memory", 50, "0 ms", m => m.Time(Ours) - m.Time(Empty))]);

    internal static Comparison FirstCalls(BenchContext context)
    {
        const string Models = "first Get-AtlasModel";
        const string Submit = "first New-AtlasImage";
        return new(
            "first-call",
            [
                new(Models, () => context.Shell.MeasureAsync("Command.ps1", "-Module", context.Shell.Module, "-Line", "Get-AtlasModel")),
                new(Submit, () => context.Shell.MeasureAsync("Command.ps1", "-Module", context.Shell.Module, "-Line", $"New-AtlasImage boat -Model {context.Instant.Id}")),
                new(Shell, () => context.Shell.MeasureAsync("Command.ps1", "-Module", context.EmptyModule, "-Line", "Get-Nothing")),
            ],
            [
                new("First `Get-AtlasModel` in a process", "", null, "0 ms", m => m.Time(Models)),
                new("First `New-AtlasImage` in a process", "", null, "0 ms", m => m.Time(Submit)),
            ]);
    }
}
