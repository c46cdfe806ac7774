namespace AtlasCloud;

/// <summary>What has become of the price of something billable.</summary>
public enum ChargeState
{
    /// <summary>Set aside while the task runs.</summary>
    Reserved,

    /// <summary>Taken from the balance.</summary>
    Charged,

    /// <summary>Given back, because the task failed.</summary>
    Released,
}
