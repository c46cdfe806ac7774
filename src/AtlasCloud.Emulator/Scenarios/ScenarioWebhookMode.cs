namespace AtlasCloud.Emulation.Scenarios;

/// <summary>How the end of a task is delivered to its webhook.</summary>
internal enum ScenarioWebhookMode
{
    Once,

    /// <summary>Delivered again, as if the first response was lost.</summary>
    Twice,

    Never,

    /// <summary>Signed with another key.</summary>
    WrongSignature,

    /// <summary>Signed with a timestamp one hour ago.</summary>
    Stale,

    /// <summary>Signed with another key, under an unpublished key ID.</summary>
    UnknownKey,

    /// <summary>Signed with the Ed25519 signature in the header of the older signature, which is expected once that is retired.</summary>
    BareHeader,

    /// <summary>Signed with the older signature only.</summary>
    HmacOnly,
}
