using AtlasCloud.Journal;

namespace AtlasCloud.Tests.Journals;

public sealed class JournalDigestIndexTests : IDisposable
{
    private static readonly string s_other = new('b', 64);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FindAfter_returns_each_entry_once_in_order()
    {
        JournalFile journal = SomeJournal.In(_folder);
        JournalDigestIndex index = journal.CreateDigestIndex();
        string first = await journal.Submit("one");
        string second = await journal.Submit();
        JournalDigestIndex.Position position = default;

        Assert.Equal([first, second], index.FindAfter(SomeJournal.Digest, ref position).Select(e => e.JournalId));
        Assert.Empty(index.FindAfter(SomeJournal.Digest, ref position));
        string third = await journal.Submit();
        Assert.Equal([third], index.FindAfter(SomeJournal.Digest, ref position).Select(e => e.JournalId));
        Assert.Empty(index.FindAfter(s_other, ref position));
    }

    [Fact]
    public async Task Journal_is_read_once_however_many_digests_are_searched()
    {
        JournalFile journal = SomeJournal.In(_folder);
        JournalDigestIndex index = journal.CreateDigestIndex();
        for (int i = 0; i < 200; i++)
        {
            await journal.AppendIntentAsync(SomeJournal.Intent() with { Digest = $"{i:x64}" }, CancellationToken.None);
            JournalDigestIndex.Position position = default;
            Assert.Single(index.FindAfter($"{i:x64}", ref position));
            Assert.Equal(JournalState.Intent, index.Find(index.FindAfter($"{i / 2:x64}", ref position).Select(e => e.JournalId).FirstOrDefault() ?? "none")?.State ?? JournalState.Intent);
        }

        Assert.Equal(1, index.FullReads);
    }

    [Fact]
    public async Task Replaced_journal_is_read_again()
    {
        JournalFile journal = SomeJournal.In(_folder);
        JournalDigestIndex index = journal.CreateDigestIndex();
        string id = await journal.Submit("one");
        JournalDigestIndex.Position position = default;
        Assert.Single(index.FindAfter(SomeJournal.Digest, ref position));

        Assert.True(await journal.CompactAsync());

        Assert.Equal("one", index.Find(id)?.PredictionId);
        Assert.Equal(2, index.FullReads);
    }

    [Fact]
    public void Missing_journal_has_no_entries()
    {
        JournalDigestIndex.Position position = default;
        JournalDigestIndex index = SomeJournal.In(_folder).CreateDigestIndex();

        Assert.Empty(index.FindAfter(SomeJournal.Digest, ref position));
        Assert.Null(index.Find("none"));
    }

    [Fact]
    public async Task TryAppendIntentAsync_writes_nothing_if_the_condition_does_not_hold()
    {
        JournalFile journal = SomeJournal.In(_folder);
        Task<JournalEntry?> AppendAsync(bool holds) => journal.TryAppendIntentAsync(SomeJournal.Intent(), (_, _) => holds, CancellationToken.None);

        JournalEntry?[] entries = await Task.WhenAll(AppendAsync(true), AppendAsync(false), AppendAsync(true));

        Assert.Equal([true, false, true], entries.Select(e => e is not null));
        Assert.Equal(2, journal.ReadEntries().Entries.Count);
    }

    [Fact]
    public async Task TryAppendIntentAsync_shows_the_condition_all_earlier_lines()
    {
        JournalFile journal = SomeJournal.In(_folder);
        JournalDigestIndex index = journal.CreateDigestIndex();
        Task<JournalEntry?> AppendAsync() => journal.TryAppendIntentAsync(
            SomeJournal.Intent(),
            (_, file) =>
            {
                JournalDigestIndex.Position position = default;
                return index.FindAfter(SomeJournal.Digest, ref position, file).Count == 0;
            },
            CancellationToken.None);

        JournalEntry?[] entries = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => AppendAsync()));

        Assert.Single(entries, e => e is not null);
    }

    [Fact]
    public async Task TryAppendIntentAsync_fails_alone_if_its_condition_throws()
    {
        JournalFile journal = SomeJournal.In(_folder);
        Task<JournalEntry?> failing = journal.TryAppendIntentAsync(SomeJournal.Intent(), (_, _) => throw new IOException("unreadable"), CancellationToken.None);
        string written = await journal.Submit();

        await Assert.ThrowsAsync<IOException>(() => failing);
        Assert.Equal(written, Assert.Single(journal.ReadEntries().Entries).JournalId);
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", true)]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde", false)]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeg", false)]
    [InlineData("", false)]
    public void Parse_accepts_64_hexadecimal_digits(string digest, bool isValid) => Assert.Equal(isValid, DigestKey.Parse(digest) is not null);
}
