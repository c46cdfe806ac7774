using AtlasCloud.Predictions;

namespace AtlasCloud.Bench.Measurements;

/// <summary>
/// The polls of a prediction, and how much later than its end it is noticed. Computed from the schedule over the run times that the service documents: a
/// measurement would take the sum of the run times.
/// </summary>
internal static class Polls
{
    private const string WithAverage = "average known";
    private const string WithoutAverage = "average unknown";
    private const int Models = 2000;
    private const int Samples = 20;

    // Single predictions differ from the average of their model: one in three by more than this factor.
    private const double Spread = 0.3;

    // The shortest and the longest average that the documentation names for a kind, in seconds.
    private static readonly (ModelKind Kind, double Shortest, double Longest)[] s_documented =
        [(ModelKind.Image, 2, 30), (ModelKind.Speech, 10, 60), (ModelKind.Video, 30, 180), (ModelKind.ThreeD, 120, 300)];

    internal static Comparison Create() => new(
        "polls",
        [
            new(WithAverage, () => Task.FromResult(Simulate(isAverageKnown: true)), MaxRounds: 1),
            new(WithoutAverage, () => Task.FromResult(Simulate(isAverageKnown: false)), MaxRounds: 1),
        ],
        [
            new("Polls: mean delay until a result is noticed, if the catalog states the average run time", "≤ 10 % of the run time", 10, "0.0 '%'", m => m.Of(WithAverage, s => s.Value)),
            new("Polls: mean number for each prediction, if the catalog states the average run time", "≤ 8", 8, "0.0", m => m.Time(WithAverage)),
            new("Polls: the same delay without an average", "≤ 10 % of the run time", 10, "0.0 '%'", m => m.Of(WithoutAverage, s => s.Value)),
            new("Polls: the same number without an average", "≤ 8", 8, "0.0", m => m.Time(WithoutAverage)),
        ]);

    // The number of polls takes the place of the time.
    private static Sample Simulate(bool isAverageKnown)
    {
        Random random = new(1);
        double lag = 0;
        long polls = 0;
        foreach ((ModelKind kind, double shortest, double longest) in s_documented)
        {
            for (int model = 0; model < Models; model++)
            {
                TimeSpan average = TimeSpan.FromSeconds(shortest * Math.Pow(longest / shortest, random.NextDouble()));
                for (int sample = 0; sample < Samples; sample++)
                {
                    (int count, double delay) = Watch(kind, average * Math.Exp(Spread * NextNormal(random)), isAverageKnown ? average : null, random);
                    polls += count;
                    lag += delay;
                }
            }
        }

        double total = s_documented.Length * Models * Samples;
        return new Sample { Milliseconds = polls / total, Value = 100 * lag / total };
    }

    private static (int Polls, double Delay) Watch(ModelKind kind, TimeSpan runTime, TimeSpan? average, Random random)
    {
        TimeSpan age = TimeSpan.Zero;
        int polls = 0;
        do
        {
            age += PollSchedule.Interval(kind, age, requested: null, random.NextDouble(), average, isRunTime: true);
            polls++;
        }
        while (age < runTime);
        return (polls, (age - runTime) / runTime);
    }

    private static double NextNormal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
