namespace AtlasCloud;

/// <summary>The state of a charge.</summary>
public enum ChargeState : long
{
    /// <summary>Reserved while the task runs.</summary>
    Reserved,

    /// <summary>Deducted from the balance.</summary>
    Charged,

    /// <summary>Released because the task failed.</summary>
    Released,
}
