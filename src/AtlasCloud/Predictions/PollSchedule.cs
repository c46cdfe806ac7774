namespace AtlasCloud.Predictions;

/// <summary>Polling intervals and timeouts by kind and age of a prediction.</summary>
internal static class PollSchedule
{
    private static readonly TimeSpan s_minInterval = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan s_maxInterval = TimeSpan.FromSeconds(15);

    // Run times differ from the average of the model: polls are frequent between these multiples of it.
    private const double Earliest = 0.5;
    private const double Latest = 1.5;

    // In relation to the average: on average, a result is noticed less than a tenth of the run time late.
    private const double Step = 0.18;

    // The average can be wrong, so the first interval is not longer than this multiple of the first one without an average.
    private const double MaxFirst = 3;
    private static readonly TimeSpan s_minAverage = TimeSpan.FromSeconds(0.2);

    /// <summary>Time until the next poll. Grows slowly with age, with jitter so that polls spread out.</summary>
    /// <param name="kind">The kind of result.</param>
    /// <param name="age">The time since the submit.</param>
    /// <param name="requested">The interval that the caller requested; null if none.</param>
    /// <param name="random">The jitter, from 0 to 1.</param>
    /// <param name="average">The average run time of the model; null if the catalog has none.</param>
    internal static TimeSpan Interval(ModelKind kind, TimeSpan age, TimeSpan? requested, double random, TimeSpan? average = null)
    {
        TimeSpan first = requested ?? First(kind);
        TimeSpan grown = requested is not null ? first
            : average is TimeSpan known && age < Max(known, s_minAverage) * Latest ? Near(Max(known, s_minAverage), age, first)
            : Grow(first, age);
        TimeSpan limit = first > s_maxInterval ? first : s_maxInterval;
        grown = grown < limit ? grown : limit;
        return grown * (0.9 + random * 0.2);
    }

    /// <summary>How long to wait in total.</summary>
    internal static TimeSpan Limit(ModelKind kind, TimeSpan? requested) => requested ?? kind switch
    {
        ModelKind.Image => TimeSpan.FromMinutes(5),
        ModelKind.Speech or ModelKind.Music or ModelKind.Transcription => TimeSpan.FromMinutes(10),
        _ => TimeSpan.FromMinutes(30),
    };

    private static TimeSpan Near(TimeSpan average, TimeSpan age, TimeSpan first)
    {
        TimeSpan step = average * Step;
        TimeSpan next = Max(average * Earliest - age, step);
        TimeSpan limit = Max(first * MaxFirst, Grow(first, age));
        return Max(next < limit ? next : limit, s_minInterval);
    }

    private static TimeSpan Grow(TimeSpan first, TimeSpan age) => first + age * 0.08;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan First(ModelKind kind) => kind switch
    {
        ModelKind.Image => TimeSpan.FromSeconds(1.2),
        ModelKind.Speech or ModelKind.Music or ModelKind.Transcription => TimeSpan.FromSeconds(3),
        ModelKind.Video or ModelKind.ThreeD => TimeSpan.FromSeconds(5),
        _ => TimeSpan.FromSeconds(2),
    };
}
