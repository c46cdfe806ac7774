namespace AtlasCloud.Journal;

/// <summary>The members of a journal line that belong to an entry, in the order in which <see cref="JournalRecord"/> writes them.</summary>
internal enum JournalMember
{
    Event,
    Entry,
    At,
    Sent,
    Prediction,
    Model,
    Kind,
    Label,
    Origin,
    Account,
    ClockOffset,
    Searched,
    Digest,
    ReuseDigest,
    Status,
    Reason,
    Price,
    QuotedPrice,
    Currency,
    Files,
    Process,
    Machine,
    MachineId,
    ProcessStart,
    Prompt,
    Recorded,
}
