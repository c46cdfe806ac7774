namespace AtlasCloud.Predictions;

/// <summary>How often to ask for a prediction and how long, by what it makes and how old it is.</summary>
internal static class PollSchedule
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(15);

    /// <summary>Time until the next poll. Grows slowly with age, and differs a little each time so that many do not fall together.</summary>
    internal static TimeSpan Interval(ModelKind kind, TimeSpan age, TimeSpan? wanted, double random)
    {
        TimeSpan first = wanted ?? First(kind);
        TimeSpan grown = wanted is null ? first + age * 0.08 : first;
        TimeSpan limit = first > s_longest ? first : s_longest;
        grown = grown < limit ? grown : limit;
        return grown * (0.9 + random * 0.2);
    }

    /// <summary>How long to wait altogether.</summary>
    internal static TimeSpan Limit(ModelKind kind, TimeSpan? wanted) => wanted ?? kind switch
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
