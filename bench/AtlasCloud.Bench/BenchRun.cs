namespace AtlasCloud.Bench;

/// <summary>
/// Measures the sides of each comparison in turns, so that other work on the machine affects all of them. Every second round has the reverse order.
/// </summary>
internal sealed class BenchRun(int rounds, TextWriter log)
{
    internal async Task<BenchReport> RunAsync(IEnumerable<Comparison> comparisons)
    {
        BenchReport report = new();
        foreach (Comparison comparison in comparisons)
        {
            Dictionary<string, List<Sample>> samples = comparison.Contestants.ToDictionary(c => c.Name, _ => new List<Sample>(), StringComparer.Ordinal);
            for (int round = 0; round < rounds; round++)
            {
                IEnumerable<Contestant> order = round % 2 == 0 ? comparison.Contestants : comparison.Contestants.Reverse();
                foreach (Contestant contestant in order.Where(c => round < c.MaxRounds))
                {
                    await MeasureAsync(comparison, contestant, samples[contestant.Name], report).ConfigureAwait(false);
                }
            }

            report.Add(comparison, samples);
        }

        return report;
    }

    private async Task MeasureAsync(Comparison comparison, Contestant contestant, List<Sample> samples, BenchReport report)
    {
        try
        {
            Sample sample = await contestant.MeasureAsync().ConfigureAwait(false);
            samples.Add(sample);
            await log.WriteLineAsync($"{comparison.Id,-12} {contestant.Name,-28} {sample.Milliseconds,10:0.0} ms").ConfigureAwait(false);
        }
        catch (PeerMissingException exception)
        {
            await log.WriteLineAsync($"{comparison.Id,-12} {contestant.Name,-28} {exception.Message}").ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The other measurements are still of use. The exit code reports the failure.
            report.Failures.Add($"{comparison.Id}, {contestant.Name}: {exception.Message}");
            await log.WriteLineAsync($"{comparison.Id,-12} {contestant.Name,-28} failed: {exception.Message}").ConfigureAwait(false);
        }
    }
}
