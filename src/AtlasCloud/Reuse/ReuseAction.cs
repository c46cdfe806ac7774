namespace AtlasCloud;

/// <summary>What a run does with a request.</summary>
public enum ReuseAction : long
{
    /// <summary>Submits it, which is paid.</summary>
    Submit,

    /// <summary>Takes over an earlier prediction that is in flight, or whose outcome is unknown. Nothing is submitted.</summary>
    Resume,

    /// <summary>Takes over the result of an earlier prediction. Nothing is submitted.</summary>
    Reuse,
}
