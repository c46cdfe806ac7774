namespace AtlasCloud.Journal;

/// <summary>What the lines of an entry make of its state.</summary>
internal static class JournalStates
{
    /// <summary>Whether something may still have to be collected.</summary>
    internal static bool IsOpen(this JournalState state) =>
        state is JournalState.Intent or JournalState.Unknown or JournalState.Submitted or JournalState.Completed;

    /// <summary>
    /// The state after a further line. Lines of several processes can come late or twice, so a line never takes back what is worth
    /// more: an id that is known, a result that is there, files that are saved. What was given up opens again when an id is found.
    /// </summary>
    internal static JournalState? After(JournalState? state, JournalEvent line) => line switch
    {
        JournalEvent.Intent => state ?? JournalState.Intent,
        JournalEvent.Unknown => state is null or JournalState.Intent ? JournalState.Unknown : state,
        JournalEvent.Id => state is null or JournalState.Intent or JournalState.Unknown or JournalState.Refused or JournalState.Closed
            ? JournalState.Submitted
            : state,
        JournalEvent.Completed => state is JournalState.Saved or JournalState.Closed ? state : JournalState.Completed,
        JournalEvent.Failed => state is JournalState.Completed or JournalState.Saved or JournalState.Closed ? state : JournalState.Failed,
        JournalEvent.Refused => state is null or JournalState.Intent or JournalState.Unknown ? JournalState.Refused : state,
        JournalEvent.Saved => JournalState.Saved,
        JournalEvent.Closed => state is JournalState.Saved ? state : JournalState.Closed,
        _ => state,
    };
}
