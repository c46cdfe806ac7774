using AtlasCloud.Journal;

namespace AtlasCloud.Tests.Journals;

/// <summary>Real processes, a real disk, and a journal that is compacted while they write.</summary>
public sealed class JournalProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string JournalPath => Path.Join(_folder.Path, "journal.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Ten_processes_at_once_tear_no_line_and_lose_no_entry_while_it_is_compacted()
    {
        const int Count = 40;
        JournalProcess[] writers = [.. Enumerable.Range(0, 10).Select(i => new JournalProcess(JournalPath, $"writer{i}", Count))];
        Dictionary<string, string> said = [];
        foreach (JournalProcess writer in writers)
        {
            using (writer)
            {
                (int exitCode, Dictionary<string, string> own, string errors) = await writer.EndAsync();
                Assert.True(exitCode == 0, errors);
                Assert.Equal(Count, own.Count);
                own.ToList().ForEach(e => said.Add(e.Key, e.Value));
            }
        }

        (JournalContent journal, JournalContent archive) = ReadBoth();
        Assert.Equal(0, journal.DamagedLines + archive.DamagedLines);
        Assert.True(archive.Entries.Count > 20, $"It was hardly compacted: {archive.Entries.Count} entries were dropped.");
        IEnumerable<string?> expected = Enumerable.Range(0, 10).SelectMany(w => Enumerable.Range(0, Count / 2).Select(i => $"writer{w}-{i * 2}"));
        Assert.Equal(expected.Order(), journal.Entries.Where(e => e.IsOpen).Select(e => e.PredictionId).Order());
        Check(said, journal, archive);
        Assert.Equal(["journal.jsonl", "journal.jsonl.archive", "journal.jsonl.lock"], _folder.Names);
    }

    [Fact]
    public async Task What_a_killed_process_had_been_told_is_on_disk_is_there()
    {
        Random random = new(20261121);
        Dictionary<string, string> said = [];
        for (int round = 0; round < 8; round++)
        {
            using JournalProcess doomed = new(JournalPath, $"doomed{round}", 100_000);
            using JournalProcess other = new(JournalPath, $"other{round}", 20);
            await doomed.KillAsync(afterLines: random.Next(1, 100));
            (_, Dictionary<string, string> before, _) = await doomed.EndAsync();
            (int exitCode, Dictionary<string, string> own, string errors) = await other.EndAsync();
            Assert.True(exitCode == 0, errors);
            foreach ((string id, string word) in before.Concat(own))
            {
                said.Add(id, word);
            }
        }

        Assert.True(said.Count > 8 * 20, "No process wrote anything before it was killed.");
        (JournalContent journal, JournalContent archive) = ReadBoth();
        Check(said, journal, archive);

        // A line that was cut is allowed, for nobody was told that it is there; a damaged one is not.
        Assert.InRange(journal.DamagedLines + archive.DamagedLines, 0, 8);
    }

    private static void Check(Dictionary<string, string> said, JournalContent journal, JournalContent archive)
    {
        Dictionary<string, JournalEntry> kept = journal.Entries.ToDictionary(e => e.JournalId);
        Dictionary<string, JournalEntry> dropped = archive.Entries.ToDictionary(e => e.JournalId);
        foreach ((string id, string word) in said)
        {
            // The last word may have been written and not been said any more.
            JournalState[] expected = word switch
            {
                "intent" => [JournalState.Intent, JournalState.Submitted],
                "id" => [JournalState.Submitted, JournalState.Failed],
                _ => [JournalState.Failed],
            };
            JournalEntry found = kept.GetValueOrDefault(id) ?? dropped.GetValueOrDefault(id) ?? throw new InvalidDataException($"{id} ({word}) is lost.");
            Assert.Contains(found.State, expected);
            Assert.True(kept.ContainsKey(id) || !found.IsOpen, $"{id} ({word}) is open and was dropped.");
        }
    }

    private (JournalContent Journal, JournalContent Archive) ReadBoth() => (
        SomeJournal.In(_folder).ReadEntries(),
        JournalReader.Read(JournalPath + JournalFile.ArchiveSuffix, new JournalLimits(), _ => true));
}
