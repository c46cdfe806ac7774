namespace AtlasCloud.Journal;

/// <summary>Determines the state of an entry from the events of its lines.</summary>
internal static class JournalStates
{
    /// <summary>Whether a result may still have to be collected.</summary>
    internal static bool IsOpen(this JournalState state) =>
        state is JournalState.Intent or JournalState.Unknown or JournalState.InFlight or JournalState.Succeeded;

    /// <summary>
    /// Returns the state after a further event. Lines of several processes can be late or repeated, so an event never reverts a more advanced state, such as
    /// a known ID, a result or saved files. A closed or refused entry is reopened when its ID is found, and a
    /// refused entry when its own process records that it was sent without a response.
    /// </summary>
    internal static JournalState? Apply(JournalState? state, JournalEvent @event) => @event switch
    {
        JournalEvent.Intent => state ?? JournalState.Intent,
        JournalEvent.Unknown => state is null or JournalState.Intent or JournalState.Refused ? JournalState.Unknown : state,
        JournalEvent.Id => state is null or JournalState.Intent or JournalState.Unknown or JournalState.Refused or JournalState.Closed
            ? JournalState.InFlight
            : state,
        JournalEvent.Completed => state is JournalState.Saved or JournalState.Closed ? state : JournalState.Succeeded,
        JournalEvent.Failed => state is JournalState.Succeeded or JournalState.Saved or JournalState.Closed ? state : JournalState.Failed,
        JournalEvent.Refused => state is null or JournalState.Intent or JournalState.Unknown ? JournalState.Refused : state,
        JournalEvent.Saved => JournalState.Saved,
        JournalEvent.Closed => state is JournalState.Saved ? state : JournalState.Closed,
        _ => state,
    };
}
