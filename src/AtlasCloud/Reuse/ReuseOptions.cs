namespace AtlasCloud;

/// <summary>
/// Which earlier requests a run takes over. The requests that are created with the same instance are one batch: if a later batch of the run repeats a request
/// of an earlier one, it is submitted as a further occurrence, with a warning.
/// </summary>
public sealed record ReuseOptions
{
    /// <summary>The maximum age of an earlier request, from its submit. Default: null, no limit.</summary>
    public TimeSpan? Within { get; init; }

    /// <summary>Whether a request whose result is no longer available is submitted, and paid, again. Default: false, it is an error.</summary>
    public bool ResubmitUnavailable { get; init; }
}
