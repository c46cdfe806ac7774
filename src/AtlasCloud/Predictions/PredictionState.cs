namespace AtlasCloud;

/// <summary>The meaning of a prediction's status. API reference, section 5.3.</summary>
public enum PredictionState : long
{
    /// <summary>Not finished. Unknown status words count as this, until the timeout.</summary>
    InFlight,

    /// <summary>Finished with a result.</summary>
    Succeeded,

    /// <summary>Finished without a result.</summary>
    Failed,
}
