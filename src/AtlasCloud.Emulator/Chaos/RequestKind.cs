namespace AtlasCloud.Emulation.Chaos;

/// <summary>The kind of a request. Chaos faults are counted per kind.</summary>
internal enum RequestKind
{
    Submit,
    Poll,
    Download,
    Upload,
    History,

    /// <summary>The list of models and its documents.</summary>
    Catalog,

    /// <summary>A price calculation.</summary>
    Quote,

    /// <summary>Balance and billing.</summary>
    Account,
    Chat,
}
