namespace AtlasCloud.Journal;

/// <summary>The event that a journal line records. In the file the names are lower-case.</summary>
internal enum JournalEvent
{
    /// <summary>An event of a later version. The line stays with its entry and does not change the state.</summary>
    Other,

    /// <summary>A request is about to be sent.</summary>
    Intent,

    /// <summary>The request was sent and no response arrived.</summary>
    Unknown,

    /// <summary>The service assigned an ID.</summary>
    Id,

    /// <summary>A new status or price of an unfinished prediction.</summary>
    Status,

    /// <summary>Finished with a result.</summary>
    Completed,

    /// <summary>Finished without a result.</summary>
    Failed,

    /// <summary>The history was searched for the request without a result.</summary>
    Searched,

    /// <summary>Rejected by the service, or never sent.</summary>
    Refused,

    /// <summary>Some files are saved.</summary>
    Files,

    /// <summary>All files are saved.</summary>
    Saved,

    /// <summary>A download found that the URLs of the outputs have expired. The state does not change.</summary>
    Expired,

    /// <summary>Closed: nothing will be collected.</summary>
    Closed,

    /// <summary>The first line of a compacted file. It belongs to no entry.</summary>
    Compacted,
}
