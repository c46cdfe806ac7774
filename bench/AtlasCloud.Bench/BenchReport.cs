using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AtlasCloud.Bench;

/// <summary>The results of a run.</summary>
internal sealed class BenchReport
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };
    private readonly List<(Comparison Comparison, IReadOnlyDictionary<string, List<Sample>> Samples)> _results = [];

    /// <summary>The measurements that failed.</summary>
    internal List<string> Failures { get; } = [];

    internal void Add(Comparison comparison, IReadOnlyDictionary<string, List<Sample>> samples) => _results.Add((comparison, samples));

    /// <summary>Writes all raw numbers.</summary>
    internal Task WriteResultsAsync(string path) => File.WriteAllTextAsync(path, JsonSerializer.Serialize(
        new
        {
            measured = TimeProvider.System.GetUtcNow(),
            system = System.Runtime.InteropServices.RuntimeInformation.OSDescription,
            processors = Environment.ProcessorCount,
            failures = Failures,
            comparisons = _results.Select(r => new
            {
                id = r.Comparison.Id,
                samples = r.Samples,
                goals = r.Comparison.Goals.Select(g => new { what = g.What, goal = g.Text, value = g.Value(new Medians(r.Samples)) }),
            }),
        },
        s_indented));

    /// <summary>The goals and what was measured, as Markdown.</summary>
    internal string ToTable()
    {
        StringBuilder table = new("| What | Goal | Measured | |\n|---|---|---|---|\n");
        foreach ((Comparison comparison, IReadOnlyDictionary<string, List<Sample>> samples) in _results)
        {
            Medians medians = new(samples);
            foreach (Goal goal in comparison.Goals)
            {
                double? value = goal.Value(medians);
                string measured = value is double some ? some.ToString(goal.Format, CultureInfo.InvariantCulture) : "not measured";
                string verdict = (value is double known ? goal.IsReached(known) : null) switch { true => "reached", false => "missed", null => "" };
                table.Append(CultureInfo.InvariantCulture, $"| {goal.What} | {goal.Text} | {measured} | {verdict} |\n");
            }
        }

        return table.ToString();
    }
}
