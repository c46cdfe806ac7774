using AtlasCloud.Bench.Server;
using AtlasCloud.Predictions;

namespace AtlasCloud.Bench.Measurements;

/// <summary>
/// The polls of a prediction, and how much later than its end it is noticed. Computed from the schedule over the recorded run times of the catalog: a
/// measurement would take the sum of the run times.
/// </summary>
internal static class Polls
{
    private const string Schedule = "polling schedule";
    private const int Samples = 200;

    internal static Comparison Create() => new(
        "polls",
        [new(Schedule, () => Task.FromResult(Simulate()), MaxRounds: 1)],
        [
            new("Polls: mean delay until a result is noticed", "≤ 10 % of the run time", 10, "0.0 '%'", m => m.Of(Schedule, s => s.Value)),
            new("Polls: mean number for each prediction", "≤ 8", 8, "0.0", m => m.Of(Schedule, s => s.Milliseconds)),
        ]);

    private static Sample Simulate()
    {
        Random random = new(1);
        double lag = 0;
        long polls = 0;
        int count = 0;
        foreach ((ModelKind kind, TimeSpan runTime) in BenchCatalog.ReadRunTimes())
        {
            for (int sample = 0; sample < Samples; sample++, count++)
            {
                TimeSpan age = TimeSpan.Zero;
                do
                {
                    age += PollSchedule.Interval(kind, age, requested: null, random.NextDouble());
                    polls++;
                }
                while (age < runTime);
                lag += (age - runTime) / runTime;
            }
        }

        return new Sample { Milliseconds = (double)polls / count, Value = 100 * lag / count };
    }
}
