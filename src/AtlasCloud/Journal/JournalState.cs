namespace AtlasCloud;

/// <summary>How a request stands that may cost money, as far as the journal knows.</summary>
public enum JournalState
{
    /// <summary>About to be sent. If the process that wrote this is gone, nobody knows whether it was.</summary>
    Intent,

    /// <summary>Sent, and the answer was lost: it may run and be charged.</summary>
    Unknown,

    /// <summary>The service took it and gave an id.</summary>
    Submitted,

    /// <summary>Finished with a result that is not saved, or not all of it.</summary>
    Completed,

    /// <summary>Everything it made is on disk.</summary>
    Saved,

    /// <summary>Finished without a result.</summary>
    Failed,

    /// <summary>Not taken, or never sent: it costs nothing.</summary>
    Refused,

    /// <summary>Given up: there is nothing left to collect.</summary>
    Closed,
}
