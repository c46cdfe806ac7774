namespace AtlasCloud.Reuse;

/// <summary>What can be reused of an earlier request.</summary>
internal enum ReuseState
{
    /// <summary>It has no result and was not paid, or its outcome is unknown and can no longer be determined.</summary>
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
