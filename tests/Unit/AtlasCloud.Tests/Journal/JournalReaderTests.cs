using System.Text;
using AtlasCloud.Journal;

namespace AtlasCloud.Tests.Journals;

public sealed class JournalReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeClock _clock = new();

    private string JournalPath => Path.Join(_folder.Path, "journal.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Truncated_last_line_is_terminated_by_the_next_append_and_costs_no_other_entry()
    {
        JournalFile journal = SomeJournal.In(_folder, _clock);
        await journal.Submit("first");
        string complete = File.ReadAllText(JournalPath);
        string last = complete.Split('\n')[1];
        for (int length = 1; length < last.Length; length += 7)
        {
            File.WriteAllText(JournalPath, complete + last[..length]);
            Assert.Equal("first", Assert.Single(journal.ReadPending().Entries).PredictionId);
            Assert.Equal(0, journal.ReadPending().DamagedLines);

            await journal.Submit("second");
            JournalContent content = journal.ReadPending();
            Assert.Equal(["first", "second"], content.Entries.Select(e => e.PredictionId));
            Assert.Equal(1, content.DamagedLines);
        }
    }

    [Fact]
    public async Task Damaged_line_is_skipped_counted_and_moved_to_the_archive()
    {
        JournalFile journal = SomeJournal.In(_folder, _clock);
        await journal.Submit("first");
        File.AppendAllText(JournalPath, "{\"event\":\"intent\",\"ent\0\0\0\n");
        await journal.Submit("second");
        Assert.Equal(1, journal.ReadPending().DamagedLines);
        Assert.True(await journal.CompactAsync());
        JournalContent content = journal.ReadPending();
        Assert.Equal((0, 2), (content.DamagedLines, content.Entries.Count));
        Assert.Equal("{\"event\":\"intent\",\"ent\0\0\0\n", File.ReadAllText(JournalPath + JournalFile.ArchiveSuffix));
    }

    [Fact]
    public async Task Entry_whose_intent_is_damaged_is_still_pending()
    {
        JournalFile journal = SomeJournal.In(_folder, _clock);
        await journal.Submit("abc");
        byte[] bytes = File.ReadAllBytes(JournalPath);
        bytes[30] = 0xFF;   // in the id of the entry
        File.WriteAllBytes(JournalPath, bytes);
        JournalEntry entry = Assert.Single(journal.ReadPending().Entries);
        Assert.Equal(("abc", "acme/paint", ModelKind.Image), (entry.PredictionId, entry.Model, entry.Kind));
    }

    [Fact]
    public async Task Line_with_an_unknown_event_is_kept_and_does_not_change_the_state()
    {
        JournalFile journal = SomeJournal.In(_folder, _clock);
        string id = await journal.Submit("abc");
        string later = $"{{\"event\":\"paused\",\"entry\":\"{id}\",\"until\":[1,{{}}]}}\n";
        File.AppendAllText(JournalPath, later);
        Assert.Equal(JournalState.InFlight, Assert.Single(journal.ReadPending().Entries).State);
        Assert.True(await journal.CompactAsync());
        Assert.Contains(later, File.ReadAllText(JournalPath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_accepts_CR_LF_line_breaks()
    {
        JournalFile journal = SomeJournal.In(_folder, _clock);
        await journal.Submit("abc");
        File.WriteAllText(JournalPath, File.ReadAllText(JournalPath).Replace("\n", "\r\n", StringComparison.Ordinal));
        JournalContent content = journal.ReadPending();
        Assert.Equal((0, 1), (content.DamagedLines, content.Entries.Count));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"event\":\"intent\"}")]
    [InlineData("{\"event\":\"intent\",\"entry\":\"\"}")]
    [InlineData("{\"event\":\"intent\",\"entry\":\"../../etc/passwd and much more than an id\"}")]
    [InlineData("{\"event\":\"intent\",\"entry\":7}")]
    [InlineData("{\"event\":\"intent\",\"entry\":\"a\"} {}")]
    [InlineData("{\"event\":\"intent\",\"entry\":\"a\"}}")]
    [InlineData("{ \"event\":\"intent\",\"entry\":\"a\",}")]
    [InlineData("{\"event\":\"saved\",\"entry\":\"a\",\"at\":\"2026{\"event\":\"intent\",\"entry\":\"b\",\"at\":\"2026\"}")]
    [InlineData("{\"event\":\"saved\",\"entry\":\"a\",\"at\":\"\0\0\0\0\0\"}")]
    public void Read_counts_a_malformed_line_as_damaged(string line)
    {
        File.WriteAllText(JournalPath, line + "\n");
        JournalContent content = SomeJournal.In(_folder, _clock).ReadEntries();
        Assert.Equal((1, 0), (content.DamagedLines, content.Entries.Count));
    }

    [Fact]
    public void Read_ignores_members_of_the_wrong_type()
    {
        File.WriteAllText(JournalPath, """
            {"event":"intent","entry":"a","at":{},"model":[],"kind":"Nonsense","label":7,"price":"x","quoted_price":1e999,"files":{"a":1},"process":-1,"digest":"zz"}
            {"event":"id","entry":"a","prediction":"../x","sent":"never","files":[1,null,{"path":null},{"path":"/a","length":"x"}]}

            """);
        JournalEntry entry = Assert.Single(SomeJournal.In(_folder, _clock).ReadEntries().Entries);
        Assert.Equal(new JournalEntry { JournalId = "a", State = JournalState.InFlight, Label = "7", Files = entry.Files }, entry);
        Assert.Equal(["/a"], entry.Files.Select(f => f.Path));
    }

    [Fact]
    public void Read_removes_terminal_escapes()
    {
        File.WriteAllText(JournalPath, "{\"event\":\"unknown\",\"entry\":\"a\",\"model\":\"\\u001b[31mred\",\"reason\":\"\\u202egnp\"}\n");
        JournalEntry entry = Assert.Single(SomeJournal.In(_folder, _clock).ReadEntries().Entries);
        Assert.Equal(("[31mred", "gnp", "a [31mred (Unknown)"), (entry.Model, entry.Reason, entry.ToString()));
    }

    [Fact]
    public async Task Read_survives_hostile_lines_with_little_memory()
    {
        JournalFile journal = SomeJournal.In(_folder, _clock, new JournalLimits { MinCompactBytes = long.MaxValue });
        await journal.Submit("first");
        using (FileStream file = new(JournalPath, FileMode.Append))
        {
            file.Write(Encoding.UTF8.GetBytes($"{{\"event\":\"intent\",\"entry\":\"deep\",\"x\":{new string('[', 100_000)}{new string(']', 100_000)}}}\n"));
            file.Write(Encoding.UTF8.GetBytes("{\"event\":\"intent\",\"entry\":\"half\",\"label\":\"\\ud800\"}\n"));
            file.Write([.. "{\"event\":\"intent\",\"entry\":\"bytes\",\"label\":\""u8, 0xC3, 0x28, 0xFF, .. "\"}\n"u8]);
            file.Write(new byte[5_000]);
            file.Write("\n\n\n"u8);
            byte[] huge = new byte[1024 * 1024];
            Array.Fill(huge, (byte)'x');
            for (int i = 0; i < 64; i++)
            {
                file.Write(huge);
            }

            file.Write("\n"u8);
        }

        await journal.Submit("second");
        long before = GC.GetAllocatedBytesForCurrentThread();
        JournalContent content = journal.ReadPending();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 * 1024 * 1024);
        Assert.Equal(["first", null, null, "second"], content.Entries.Select(e => e.PredictionId));
        Assert.Equal(["deep", "half"], content.Entries.Where(e => e.PredictionId is null).Select(e => e.JournalId));
        Assert.Equal(3, content.DamagedLines);
        Assert.True(await journal.CompactAsync());
        Assert.Equal(["first", null, null, "second"], journal.ReadPending().Entries.Select(e => e.PredictionId));
    }

    [Fact]
    public async Task Read_with_flipped_bytes_loses_only_their_lines()
    {
        JournalFile journal = SomeJournal.In(_folder, _clock);
        for (int i = 0; i < 20; i++)
        {
            await journal.Submit($"task{i}");
        }

        byte[] complete = File.ReadAllBytes(JournalPath);
        Random random = new(5);
        for (int round = 0; round < (TestForm.IsLong ? 2_000 : 400); round++)
        {
            byte[] flipped = (byte[])complete.Clone();
            flipped[random.Next(flipped.Length)] ^= (byte)random.Next(1, 256);
            File.WriteAllBytes(JournalPath, flipped);
            JournalContent content = journal.ReadEntries();

            // A line break that appears or disappears damages two lines at most, and a changed ID creates one more entry.
            Assert.InRange(content.DamagedLines, 0, 2);
            Assert.InRange(content.Entries.Count, 19, 22);
            Assert.True(content.Entries.Count(e => e.PredictionId?.StartsWith("task", StringComparison.Ordinal) == true) >= 18);
        }
    }
}
