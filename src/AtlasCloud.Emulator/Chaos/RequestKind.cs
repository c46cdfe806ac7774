namespace AtlasCloud.Emulation.Chaos;

/// <summary>What a request is for. Faults by rate are counted for each kind by itself.</summary>
internal enum RequestKind
{
    Submit,
    Poll,
    Download,
    Upload,
    History,

    /// <summary>The list of models and the documents beside it.</summary>
    Catalog,

    /// <summary>The price of a request.</summary>
    Quote,

    /// <summary>The balance and the bill.</summary>
    Account,
    Chat,
}
