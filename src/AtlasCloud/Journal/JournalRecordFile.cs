namespace AtlasCloud.Journal;

/// <summary>A saved file within a line of the journal.</summary>
internal sealed record JournalRecordFile(string Path, long Length, string? Sha256);
