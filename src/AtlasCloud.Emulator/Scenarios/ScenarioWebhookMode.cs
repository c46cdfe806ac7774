namespace AtlasCloud.Emulation.Scenarios;

/// <summary>How the end of a task is delivered to its webhook.</summary>
internal enum ScenarioWebhookMode
{
    Once,

    /// <summary>Again, as if the first answer had been lost.</summary>
    Twice,

    Never,

    /// <summary>Signed by somebody else.</summary>
    WrongSignature,

    /// <summary>Signed an hour ago.</summary>
    Stale,

    /// <summary>Signed with a key that the service does not publish.</summary>
    UnknownKey,
}
