using AtlasCloud.Journal;

namespace AtlasCloud.Tests.Journals;

public sealed class JournalCompactionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeClock _clock = new();

    private string JournalPath => Path.Join(_folder.Path, "journal.jsonl");

    private string ArchivePath => JournalPath + JournalFile.ArchiveSuffix;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Compaction_keeps_open_entries_unchanged_and_loses_no_entry(int seed)
    {
        Random random = new(seed);
        JournalFile journal = SomeJournal.In(_folder, _clock, new JournalLimits { MaxSettledEntries = 10, SettledRetention = TimeSpan.FromDays(2) });
        List<string> ids = [];
        for (int step = 0; step < 600; step++)
        {
            string id = ids.Count > 0 && random.Next(4) > 0 ? ids[random.Next(ids.Count)] : await journal.Submit();
            if (!ids.Contains(id))
            {
                ids.Add(id);
            }

            await RandomStep(journal, id, $"task{step}", random);
            if (random.Next(100) == 0)
            {
                await Compare(journal, ids);
            }
        }

        await Compare(journal, ids);
        Assert.True(new FileInfo(ArchivePath).Length > 0, "Nothing was dropped.");
    }

    [Fact]
    public async Task Compaction_keeps_the_newest_settled_entries_and_archives_the_rest()
    {
        JournalFile journal = SomeJournal.In(_folder, _clock, new JournalLimits { MaxSettledEntries = 3, SettledRetention = TimeSpan.FromDays(30) });
        for (int i = 0; i < 5; i++)
        {
            await Settle(journal, $"task{i}");
        }

        Assert.True(await journal.CompactAsync());
        Assert.Equal(["task2", "task3", "task4"], journal.ReadEntries().Entries.Select(e => e.PredictionId));
        Assert.Equal(["task0", "task1"], Archived());

        _clock.Advance(TimeSpan.FromDays(31));
        await Settle(journal, "young");
        Assert.True(await journal.CompactAsync());
        Assert.Equal(["young"], journal.ReadEntries().Entries.Select(e => e.PredictionId));
        Assert.Equal(["task0", "task1", "task2", "task3", "task4"], Archived());
    }

    [Fact]
    public async Task Journal_is_compacted_automatically_each_time_it_has_doubled()
    {
        JournalFile journal = SomeJournal.In(_folder, _clock, SomeJournal.Restless);
        List<long> sizes = [];
        for (int i = 0; i < 60; i++)
        {
            await Settle(journal, $"task{i}");
            await journal.Compaction;
            sizes.Add(new FileInfo(JournalPath).Length);
        }

        Assert.InRange(sizes.Max(), 1, 2 * 4096);
        Assert.True(sizes.Zip(sizes.Skip(1)).Count(p => p.Second < p.First) > 3, "It was not compacted again and again.");
    }

    [Fact]
    public async Task Journal_of_open_entries_is_not_compacted_for_each_line()
    {
        JournalFile journal = SomeJournal.In(_folder, _clock, SomeJournal.Restless);
        HashSet<string> headings = [];
        for (int i = 0; i < 120; i++)
        {
            await journal.Submit($"task{i}");
            await journal.Compaction;
            _clock.Advance(TimeSpan.FromSeconds(1));
            headings.Add(File.ReadLines(JournalPath).First());
        }

        Assert.Equal(120, journal.ReadPending().Entries.Count);
        Assert.InRange(headings.Count(h => h.Contains("compacted", StringComparison.Ordinal)), 1, 5);
    }

    [Fact]
    public async Task Archive_stays_within_its_limit_and_keeps_the_newest_lines()
    {
        JournalFile journal = SomeJournal.In(_folder, _clock, new JournalLimits { MaxSettledEntries = 0, MaxArchiveBytes = 10_000 });
        for (int i = 0; i < 100; i++)
        {
            await Settle(journal, $"task{i}");
            if (i % 5 == 4)
            {
                Assert.True(await journal.CompactAsync());
                Assert.InRange(new FileInfo(ArchivePath).Length, 1, 10_000);
                Assert.Equal($"task{i}", Archived()[^1]);
            }
        }

        Assert.Empty(journal.ReadEntries().Entries);
    }

    [Fact]
    public async Task Compaction_is_skipped_while_another_one_is_running()
    {
        JournalFile journal = SomeJournal.In(_folder);
        await journal.Submit("abc");
        using (new FileStream(ArchivePath, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.False(await journal.CompactAsync());
        }

        Assert.True(await journal.CompactAsync());
        Assert.Single(journal.ReadPending().Entries);
    }

    [Fact]
    public async Task Compaction_that_cannot_acquire_the_lock_leaves_the_journal_unchanged()
    {
        JournalFile journal = SomeJournal.In(_folder, _clock);
        await journal.Submit("abc");
        byte[] before = File.ReadAllBytes(JournalPath);
        using (new FileStream(JournalPath + JournalFile.LockSuffix, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.False(await journal.CompactAsync());
        }

        Assert.Equal(before, File.ReadAllBytes(JournalPath));
        Assert.Equal(["journal.jsonl", "journal.jsonl.archive", "journal.jsonl.lock"], _folder.Names);
    }

    [Fact]
    public async Task Compaction_deletes_the_temporary_file_of_a_crashed_one()
    {
        JournalFile journal = SomeJournal.In(_folder, _clock);
        await journal.Submit("abc");
        _folder.Write($"journal.jsonl.{Guid.NewGuid():N}.next", new byte[100_000]);
        Assert.True(await journal.CompactAsync());
        JournalContent content = journal.ReadPending();
        Assert.Equal((0, 1), (content.DamagedLines, content.Entries.Count));
        Assert.Equal(["journal.jsonl", "journal.jsonl.archive", "journal.jsonl.lock"], _folder.Names);
    }

    [Theory]
    [InlineData("journal.jsonl.next")]
    [InlineData("journal.jsonl.0123456789abcdef0123456789abcdef.next")]
    public async Task Compaction_does_not_write_through_a_link_with_the_name_of_a_temporary_file(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows, symbolic links need a right that users lack by default.");
        using TemporaryFolder elsewhere = new();
        string other = elsewhere.Write("other", "not ours"u8.ToArray());
        JournalFile journal = SomeJournal.In(_folder, _clock);
        await journal.Submit("abc");
        File.CreateSymbolicLink(Path.Join(_folder.Path, name), other);

        Assert.True(await journal.CompactAsync());

        Assert.Equal("not ours", File.ReadAllText(other));
        Assert.Single(journal.ReadPending().Entries);
    }

    [Theory]
    [InlineData(JournalFile.ArchiveSuffix, true)]
    [InlineData(JournalFile.ArchiveSuffix, false)]
    [InlineData(JournalFile.LockSuffix, true)]
    [InlineData(JournalFile.LockSuffix, false)]
    public async Task Compaction_does_not_write_through_a_link_in_place_of_the_archive_or_the_lock(string suffix, bool exists)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows, symbolic links need a right that users lack by default.");
        using TemporaryFolder elsewhere = new();
        string other = Path.Join(elsewhere.Path, "other");
        if (exists)
        {
            elsewhere.Write("other", "not ours"u8.ToArray());
        }

        JournalFile journal = SomeJournal.In(_folder, _clock);
        string id = await journal.Submit("abc");
        await journal.AppendRefusedAsync(id, "HTTP 400");
        _clock.Advance(TimeSpan.FromDays(1000));
        byte[] before = File.ReadAllBytes(JournalPath);
        File.Delete(JournalPath + suffix);
        File.CreateSymbolicLink(JournalPath + suffix, other);

        Assert.False(await journal.CompactAsync());

        Assert.Equal(exists, File.Exists(other));
        Assert.Equal(exists ? "not ours" : null, exists ? File.ReadAllText(other) : null);
        Assert.Equal(before, File.ReadAllBytes(JournalPath));
    }

    [Fact]
    public async Task Compaction_returns_false_if_the_journal_does_not_exist() => Assert.False(await SomeJournal.In(_folder, _clock).CompactAsync());

    private static async Task RandomStep(JournalFile journal, string id, string task, Random random) => await (random.Next(7) switch
    {
        0 => journal.AppendIdAsync(id, SomeJournal.Prediction(task)),
        1 => journal.AppendUnknownAsync(id, DateTimeOffset.UnixEpoch, "lost"),
        2 => journal.AppendStatusAsync(id, SomeJournal.Prediction(task, PredictionState.Succeeded)),
        3 => journal.AppendStatusAsync(id, SomeJournal.Prediction(task, PredictionState.Failed)),
        4 => journal.AppendSavedAsync(id, [new SavedFile { Path = $"/{task}" }], isComplete: random.Next(2) == 0),
        5 => journal.AppendClosedAsync(id, "gone"),
        _ => journal.AppendRefusedAsync(id, "HTTP 400"),
    });

    private async Task Compare(JournalFile journal, List<string> ids)
    {
        _clock.Advance(TimeSpan.FromHours(10));
        Dictionary<string, string> before = journal.ReadPending().Entries.ToDictionary(e => e.JournalId, Text);
        Assert.True(await journal.CompactAsync());
        JournalContent after = journal.ReadEntries();
        Assert.Equal(before, after.Entries.Where(e => e.IsOpen).ToDictionary(e => e.JournalId, Text));
        Assert.InRange(after.Entries.Count(e => !e.IsOpen), 0, 10);

        // An entry that was archived and updated afterwards can be in both files.
        IEnumerable<string> known = after.Entries.Concat(ReadArchive()).Select(e => e.JournalId);
        Assert.Empty(ids.Except(known));
    }

    // Records compare their lists by reference.
    private static string Text(JournalEntry entry) => $"{entry with { Files = [] }} {entry.PredictionId} {entry.UpdatedAt:o} {entry.Reason} {string.Join(',', entry.Files)}";

    private static async Task Settle(JournalFile journal, string task)
    {
        string id = await journal.Submit(task);
        await journal.AppendSavedAsync(id, [new SavedFile { Path = $"/{task}.png" }], isComplete: true);
    }

    private string[] Archived() => [.. ReadArchive().Select(e => e.PredictionId!)];

    private IReadOnlyList<JournalEntry> ReadArchive() => JournalReader.Read(ArchivePath, new JournalLimits(), _ => true).Entries;
}
