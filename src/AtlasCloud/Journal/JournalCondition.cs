using Microsoft.Win32.SafeHandles;

namespace AtlasCloud.Journal;

/// <summary>Decides whether an entry is created. Called while no other process writes. Must not block.</summary>
/// <param name="journalId">The ID that the entry would have.</param>
/// <param name="journal">The journal with all entries that were created before.</param>
internal delegate bool JournalCondition(string journalId, SafeFileHandle journal);
