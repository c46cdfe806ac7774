using AtlasCloud.Journal;

namespace AtlasCloud.Tests.Journals;

/// <summary>Several processes write a journal on disk while it is compacted.</summary>
public sealed class JournalProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string JournalPath => Path.Join(_folder.Path, "journal.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Ten_concurrent_processes_damage_no_line_and_lose_no_entry_during_compaction()
    {
        const int Count = 40;
        JournalProcess[] writers = [.. Enumerable.Range(0, 10).Select(i => new JournalProcess(JournalPath, $"writer{i}", Count))];
        Dictionary<string, string> acknowledged = [];
        foreach (JournalProcess writer in writers)
        {
            using (writer)
            {
                (int exitCode, Dictionary<string, string> written, string errors) = await writer.EndAsync();
                Assert.True(exitCode == 0, errors);
                Assert.Equal(Count, written.Count);
                written.ToList().ForEach(e => acknowledged.Add(e.Key, e.Value));
            }
        }

        (JournalContent journal, JournalContent archive) = ReadBoth();
        Assert.Equal(0, journal.DamagedLines + archive.DamagedLines);
        Assert.True(archive.Entries.Count > 20, $"It was hardly compacted: {archive.Entries.Count} entries were dropped.");
        IEnumerable<string?> expected = Enumerable.Range(0, 10).SelectMany(w => Enumerable.Range(0, Count / 2).Select(i => $"writer{w}-{i * 2}"));
        Assert.Equal(expected.Order(), journal.Entries.Where(e => e.IsOpen).Select(e => e.PredictionId).Order());
        AssertPresent(acknowledged, journal, archive);
        Assert.Equal(["journal.jsonl", "journal.jsonl.archive", "journal.jsonl.lock"], _folder.Names);
    }

    [Fact]
    public async Task Acknowledged_lines_survive_when_the_process_is_killed()
    {
        Random random = new(20261121);
        Dictionary<string, string> acknowledged = [];
        for (int round = 0; round < 8; round++)
        {
            using JournalProcess killed = new(JournalPath, $"killed{round}", 100_000);
            using JournalProcess other = new(JournalPath, $"other{round}", 20);
            await killed.KillAsync(afterLines: random.Next(1, 100));
            (_, Dictionary<string, string> before, _) = await killed.EndAsync();
            (int exitCode, Dictionary<string, string> written, string errors) = await other.EndAsync();
            Assert.True(exitCode == 0, errors);
            foreach ((string id, string step) in before.Concat(written))
            {
                acknowledged.Add(id, step);
            }
        }

        Assert.True(acknowledged.Count > 8 * 20, "No process wrote anything before it was killed.");
        (JournalContent journal, JournalContent archive) = ReadBoth();
        AssertPresent(acknowledged, journal, archive);

        // A killed process can leave one truncated line, which it did not acknowledge.
        Assert.InRange(journal.DamagedLines + archive.DamagedLines, 0, 8);
    }

    private static void AssertPresent(Dictionary<string, string> acknowledged, JournalContent journal, JournalContent archive)
    {
        Dictionary<string, JournalEntry> kept = journal.Entries.ToDictionary(e => e.JournalId);
        Dictionary<string, JournalEntry> dropped = archive.Entries.ToDictionary(e => e.JournalId);
        foreach ((string id, string step) in acknowledged)
        {
            // One more line may have been written without being acknowledged.
            JournalState[] expected = step switch
            {
                "intent" => [JournalState.Intent, JournalState.InFlight],
                "id" => [JournalState.InFlight, JournalState.Failed],
                _ => [JournalState.Failed],
            };
            JournalEntry found = kept.GetValueOrDefault(id) ?? dropped.GetValueOrDefault(id) ?? throw new InvalidDataException($"{id} ({step}) is lost.");
            Assert.Contains(found.State, expected);
            Assert.True(kept.ContainsKey(id) || !found.IsOpen, $"{id} ({step}) is open and was dropped.");
        }
    }

    private (JournalContent Journal, JournalContent Archive) ReadBoth() => (
        SomeJournal.In(_folder).ReadEntries(),
        JournalReader.Read(JournalPath + JournalFile.ArchiveSuffix, new JournalLimits(), _ => true));
}
