namespace AtlasCloud.Journal;

/// <summary>The entries of a journal.</summary>
/// <param name="Entries">The entries, oldest first.</param>
/// <param name="DamagedLines">The number of unreadable lines. They stay in the file until compaction moves them to the archive.</param>
internal sealed record JournalContent(IReadOnlyList<JournalEntry> Entries, int DamagedLines)
{
    internal static JournalContent Empty { get; } = new([], 0);
}
