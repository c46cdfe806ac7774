using System.Diagnostics;

namespace AtlasCloud.Tests.Hostile;

/// <summary>
/// Each recorded response with each mutation: the outcome is a result or a documented error. A failure names its case;
/// ATLASCLOUD_TEST_CASE runs that case again, ATLASCLOUD_TEST_LONG=1 runs a hundred thousand.
/// </summary>
public sealed class HostileFixtureTests(ITestOutputHelper output)
{
    private const int LongForm = 100_000;
    private const int ShortForm = 1_500;

    [Fact]
    public async Task Mutated_response_gives_a_result_or_a_documented_error()
    {
        HostileCase[] cases = Environment.GetEnvironmentVariable("ATLASCLOUD_TEST_CASE") is { Length: > 0 } one ? [HostileCase.Parse(one)]
            : [.. Cases(TestForm.IsLong ? LongForm : ShortForm)];
        using HostileRun run = new(Path.Combine(AppContext.BaseDirectory, "hostile-case.txt"));
        await Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount * 2 }, async (c, _) => await run.PlayAsync(c));

        using Process process = Process.GetCurrentProcess();
        output.WriteLine($"{run.Count} cases, {process.PeakWorkingSet64 / (1024 * 1024)} MiB at most");
        output.WriteLine(run.Summary);
        Assert.True(run.Failures.Count == 0, $"{run.Failures.Count} of {run.Count} cases failed:\n{string.Join("\n", run.Failures.Order(StringComparer.Ordinal).Take(40))}");
        Assert.Equal(cases.Length, run.Count);
    }

    // Each pair of response and scene with each mutation, repeated with other seeds. The short form takes a sample of the first round.
    private static IEnumerable<HostileCase> Cases(int count)
    {
        IReadOnlyList<(string Fixture, string Scene)> pairs = HostileCase.Pairs;
        Mutation[] mutations = Enum.GetValues<Mutation>();
        int round = pairs.Count * mutations.Length;
        int wanted = Math.Max(count, count >= LongForm ? round : 0);
        for (int i = 0; i < wanted; i++)
        {
            // A step that is coprime to the length of a round visits all of it, in distant steps.
            long place = count >= LongForm ? i : (long)i * 7919 % round;
            (string fixture, string scene) = pairs[(int)(place % pairs.Count)];
            yield return new HostileCase(fixture, scene, mutations[(int)(place / pairs.Count % mutations.Length)], 1 + i);
        }
    }
}
