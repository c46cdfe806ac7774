namespace AtlasCloud.Bench.Tests;

public sealed class BenchReportTests
{
    private static readonly Goal s_ratio = new("Upload", "≤ 1.15 × curl", 1.15, "0.00 ×", m => m.Ratio("ours", "curl"));

    [Theory]
    [InlineData(110, "| Upload | ≤ 1.15 × curl | 1.10 × | reached |")]
    [InlineData(120, "| Upload | ≤ 1.15 × curl | 1.20 × | missed |")]
    public void Row_states_whether_the_goal_is_reached(double ours, string row) =>
        Assert.Contains(row, Report(s_ratio, ("ours", [ours]), ("curl", [100])).ToTable(), StringComparison.Ordinal);

    [Fact]
    public void Row_has_no_verdict_if_the_peer_was_not_measured() =>
        Assert.Contains("| Upload | ≤ 1.15 × curl | not measured |  |", Report(s_ratio, ("ours", [100]), ("curl", [])).ToTable(), StringComparison.Ordinal);

    [Fact]
    public void Row_without_a_goal_has_no_verdict() =>
        Assert.Contains("| First call |  | 7 ms |  |", Report(new Goal("First call", "", null, "0 ms", m => m.Time("ours")), ("ours", [7])).ToTable(), StringComparison.Ordinal);

    [Fact]
    public void Goal_with_a_least_value_is_missed_below_it()
    {
        Goal goal = new("Eight", "≥ 0.9 ×", 0.9, "0.00 ×", m => m.Time("ours"), IsLeast: true);

        Assert.Equal([false, true], new[] { 0.89, 0.9 }.Select(v => goal.IsReached(v)!.Value));
    }

    [Theory]
    [InlineData(new double[] { 9, 1, 5 }, 5)]
    [InlineData(new double[] { 4, 1, 2, 100 }, 3)]
    public void Ratio_uses_medians(double[] times, double median) => Assert.Equal(median, Medians.Median(times));

    [Fact]
    public void Table_of_a_file_is_replaced_between_its_markers()
    {
        string text = $"before\n{PerformanceTable.Start}\nold\n{PerformanceTable.End}\nafter";

        Assert.Equal($"before\n{PerformanceTable.Start}\n\nnew\n\n{PerformanceTable.End}\nafter", PerformanceTable.Replace(text, "new\n"));
        Assert.Throws<InvalidOperationException>(() => PerformanceTable.Replace("no markers", "new"));
    }

    private static BenchReport Report(Goal goal, params (string Name, double[] Times)[] sides)
    {
        BenchReport report = new();
        report.Add(new Comparison("id", [], [goal]), sides.ToDictionary(s => s.Name, s => s.Times.Select(t => new Sample { Milliseconds = t }).ToList()));
        return report;
    }
}
