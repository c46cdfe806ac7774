namespace AtlasCloud.Reuse;

/// <summary>What an earlier request is good for.</summary>
internal enum ReuseState
{
    /// <summary>It gave no result and was not paid, or it is unknown what became of it and too late to find out.</summary>
    Unusable,

    /// <summary>It was paid, and its result is no longer available.</summary>
    Unavailable,

    /// <summary>Its result is saved in files.</summary>
    Saved,

    /// <summary>It has finished. Its result must be read from the service.</summary>
    Finished,

    /// <summary>It is in flight.</summary>
    InFlight,

    /// <summary>A running process is submitting it.</summary>
    Reserved,

    /// <summary>Its process ended without recording the outcome.</summary>
    Lost,
}
