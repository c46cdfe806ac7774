namespace AtlasCloud.Bench.Tests;

public sealed class BenchRunTests
{
    [Fact]
    public async Task Sides_run_in_turns_and_in_reverse_order_in_every_second_round()
    {
        List<string> order = [];
        Comparison comparison = new("id", [Side("a", order), Side("b", order)], []);

        await new BenchRun(3, TextWriter.Null).RunAsync([comparison]);

        Assert.Equal(["a", "b", "b", "a", "a", "b"], order);
    }

    [Fact]
    public async Task Slow_side_runs_for_its_number_of_rounds()
    {
        List<string> order = [];
        Comparison comparison = new("id", [Side("a", order), Side("slow", order) with { MaxRounds = 1 }], []);

        await new BenchRun(3, TextWriter.Null).RunAsync([comparison]);

        Assert.Equal(["a", "slow", "a", "a"], order);
    }

    [Fact]
    public async Task Failure_is_reported_and_the_other_sides_are_measured()
    {
        Comparison comparison = new("id", [new("broken", () => throw new IOException("No disk.")), Side("b", [])], [new("b", "", null, "0", m => m.Time("b"))]);

        BenchReport report = await new BenchRun(1, TextWriter.Null).RunAsync([comparison]);

        Assert.Equal(["id, broken: No disk."], report.Failures);
        Assert.Contains("| b |  | 1 |  |", report.ToTable(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_peer_is_not_a_failure()
    {
        BenchReport report = await new BenchRun(1, TextWriter.Null).RunAsync([new("id", [new("curl", () => throw new PeerMissingException("curl is not installed"))], [])]);

        Assert.Empty(report.Failures);
    }

    private static Contestant Side(string name, List<string> order) => new(name, () =>
    {
        order.Add(name);
        return Task.FromResult(new Sample { Milliseconds = 1 });
    });
}
