namespace AtlasCloud;

/// <summary>What a status word means.</summary>
public enum PredictionState
{
    /// <summary>Not finished. Words that nobody knows count as this, until the time limit.</summary>
    InFlight,

    /// <summary>Finished with a result.</summary>
    Succeeded,

    /// <summary>Finished without one.</summary>
    Failed,
}

/// <summary>What is known about the money. Not knowing is not the same as nothing.</summary>
public enum BillingState
{
    /// <summary>The service has not said.</summary>
    Unknown,

    /// <summary>The settled price is known.</summary>
    Charged,

    /// <summary>It failed and no price was set: reservations are released then.</summary>
    NotCharged,
}
