namespace AtlasCloud.Predictions;

/// <summary>Polling intervals and timeouts by kind and age of a prediction.</summary>
internal static class PollSchedule
{
    private static readonly TimeSpan s_maxInterval = TimeSpan.FromSeconds(15);

    /// <summary>Time until the next poll. Grows slowly with age, with jitter so that polls spread out.</summary>
    internal static TimeSpan Interval(ModelKind kind, TimeSpan age, TimeSpan? requested, double random)
    {
        TimeSpan first = requested ?? First(kind);
        TimeSpan grown = requested is null ? first + age * 0.08 : first;
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

    private static TimeSpan First(ModelKind kind) => kind switch
    {
        ModelKind.Image => TimeSpan.FromSeconds(1.2),
        ModelKind.Speech or ModelKind.Music or ModelKind.Transcription => TimeSpan.FromSeconds(3),
        ModelKind.Video or ModelKind.ThreeD => TimeSpan.FromSeconds(5),
        _ => TimeSpan.FromSeconds(2),
    };
}
