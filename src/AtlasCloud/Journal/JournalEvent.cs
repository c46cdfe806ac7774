namespace AtlasCloud.Journal;

/// <summary>What a line of the journal says. The words in the file are these in lower case.</summary>
internal enum JournalEvent
{
    /// <summary>A word of a later version: the line stays with its entry and changes nothing.</summary>
    Other,

    /// <summary>A request is about to be sent.</summary>
    Intent,

    /// <summary>It was sent and the answer was lost.</summary>
    Unknown,

    /// <summary>The service gave an id.</summary>
    Id,

    /// <summary>Not finished yet; a word or a price that is new.</summary>
    Status,

    /// <summary>Finished with a result.</summary>
    Completed,

    /// <summary>Finished without one.</summary>
    Failed,

    /// <summary>Not taken, or never sent.</summary>
    Refused,

    /// <summary>Some of its files are saved.</summary>
    Files,

    /// <summary>All of them are.</summary>
    Saved,

    /// <summary>Given up.</summary>
    Closed,

    /// <summary>The first line of a file that was compacted. It belongs to no entry.</summary>
    Compacted,
}
