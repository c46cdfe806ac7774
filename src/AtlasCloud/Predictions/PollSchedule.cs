namespace AtlasCloud.Predictions;

/// <summary>Polling intervals and timeouts by kind and age of a prediction.</summary>
internal static class PollSchedule
{
    // Without an average: one early poll, the next at this part of the shortest average that the service documents for the kind, and then intervals that
    // grow with the run time. Over the documented run times, a result is noticed less than a tenth of the run time late.
    private const double EarliestOfKind = 0.9;
    private const double Growth = 0.22;

    // Run times differ from the average of the model: polls are frequent between these multiples of it.
    private const double Earliest = 0.5;
    private const double Latest = 1.5;

    // In relation to the average: a result is noticed 6 % of the run time late.
    private const double Step = 0.12;

    // The average can be wrong, so the first interval is not longer than this multiple of the first one without an average.
    private const double MaxFirst = 4;

    private static readonly TimeSpan s_minAverage = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan s_minInterval = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan s_maxInterval = TimeSpan.FromSeconds(15);

    // If the schedule follows an average or a documented run time.
    private static readonly TimeSpan s_maxPlannedInterval = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_maxIntervalOfMany = TimeSpan.FromSeconds(60);

    /// <summary>Time until the next poll. Grows slowly with age, with jitter so that polls spread out.</summary>
    /// <param name="kind">The kind of result.</param>
    /// <param name="age">The time since the submit, or since the start of the watch if that is not known.</param>
    /// <param name="requested">The interval that the caller requested; null if none.</param>
    /// <param name="random">The jitter, from 0 to 1.</param>
    /// <param name="average">The average run time of the model; null if the catalog has none.</param>
    /// <param name="isRunTime">Whether the age is the run time. If not, the prediction can have been submitted long before.</param>
    internal static TimeSpan Interval(ModelKind kind, TimeSpan age, TimeSpan? requested, double random, TimeSpan? average = null, bool isRunTime = false)
    {
        TimeSpan first = requested ?? First(kind);
        TimeSpan interval = requested is not null ? first
            : average is TimeSpan known && age < Max(known, s_minAverage) * Latest ? Min(Near(Max(known, s_minAverage), age, first), s_maxPlannedInterval)
            : average is null && isRunTime && Shortest(kind) is TimeSpan shortest ? GrowFrom(shortest * EarliestOfKind, age, first)
            : Min(Grow(first, age), s_maxInterval);
        return (requested is null ? Max(interval, s_minInterval) : interval) * (0.9 + random * 0.2);
    }

    /// <summary>
    /// Time until the next poll of one of many predictions of a model, while others of them are polled often: about half of the average, or a minute at most,
    /// in case that the average is wrong and the others are slower. As for a single prediction after that.
    /// </summary>
    /// <param name="kind">The kind of result.</param>
    /// <param name="age">The time since the submit.</param>
    /// <param name="random">The jitter, from 0 to 1.</param>
    /// <param name="average">The average run time of the model; null if it is unknown.</param>
    internal static TimeSpan IntervalOfMany(ModelKind kind, TimeSpan age, double random, TimeSpan? average)
    {
        if (average is TimeSpan known && Max(known, s_minAverage) * Earliest - age is TimeSpan next && next < s_maxIntervalOfMany)
        {
            return next > known * Step ? next + known * (random * Step) : Interval(kind, age, null, random, average);
        }

        // Spread, since thousands can have been added at once.
        return s_maxIntervalOfMany * (0.1 + random * 0.9);
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
        return Min(next, limit);
    }

    // The early poll is for a result that is much faster than documented, or that was not made.
    private static TimeSpan GrowFrom(TimeSpan earliest, TimeSpan age, TimeSpan first) =>
        age < first * 0.8 && first < earliest * 0.5 ? first - age : Max(earliest - age, Min(age * Growth, s_maxPlannedInterval));

    private static TimeSpan Grow(TimeSpan first, TimeSpan age) => first + age * 0.08;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    // The shortest average that the service documents for models of a kind; null if it documents none.
    private static TimeSpan? Shortest(ModelKind kind) => kind switch
    {
        ModelKind.Image => TimeSpan.FromSeconds(2),
        ModelKind.Speech => TimeSpan.FromSeconds(10),
        ModelKind.Video => TimeSpan.FromSeconds(30),
        ModelKind.ThreeD => TimeSpan.FromSeconds(120),
        _ => null,
    };

    private static TimeSpan First(ModelKind kind) => kind switch
    {
        ModelKind.Image => TimeSpan.FromSeconds(1.2),
        ModelKind.Speech or ModelKind.Music or ModelKind.Transcription => TimeSpan.FromSeconds(3),
        ModelKind.Video or ModelKind.ThreeD => TimeSpan.FromSeconds(5),
        _ => TimeSpan.FromSeconds(2),
    };
}
