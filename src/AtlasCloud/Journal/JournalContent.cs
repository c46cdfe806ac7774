namespace AtlasCloud.Journal;

/// <summary>What was read from a journal.</summary>
/// <param name="Entries">Its entries, the oldest first.</param>
/// <param name="DamagedLines">How many lines could not be read. They stay in the file, and later in the archive.</param>
internal sealed record JournalContent(IReadOnlyList<JournalEntry> Entries, int DamagedLines)
{
    internal static JournalContent Empty { get; } = new([], 0);
}
