namespace AtlasCloud;

/// <summary>What is known about the charge for a prediction.</summary>
public enum BillingState : long
{
    /// <summary>The service has not said. This does not mean free.</summary>
    Unknown,

    /// <summary>The settled price is known.</summary>
    Charged,

    /// <summary>It failed and no price was set: reservations are released then.</summary>
    NotCharged,
}
