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
}
