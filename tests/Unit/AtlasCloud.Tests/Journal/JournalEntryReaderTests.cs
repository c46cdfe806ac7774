using System.Text;
using AtlasCloud.Journal;

namespace AtlasCloud.Tests.Journals;

public sealed class JournalEntryReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(5_000)]
    public void Read_of_many_entries_builds_each_as_if_it_were_alone(int interleaved)
    {
        string path = Write(12_000, interleaved);
        using FileStream file = File.OpenRead(path);
        JournalIndex index = JournalIndex.Read(file.SafeFileHandle, file.Length, new JournalLimits());
        foreach (Func<JournalState, bool> filter in (Func<JournalState, bool>[])[_ => true, JournalStates.IsOpen, s => s == JournalState.Saved, s => s == JournalState.Refused])
        {
            JournalEntry[] alone =
            [
                .. index.Entries.Where(e => filter(e.State!.Value))
                    .Select(e => JournalEntryBuilder.Build(index.GetLines(e).Select(l => JournalCopy.ReadLine(file.SafeFileHandle, l)), e.State!.Value)!),
            ];
            IReadOnlyList<JournalEntry> together = JournalEntryReader.Read(file.SafeFileHandle, index, filter);
            Assert.Equal(alone.Select(e => (e with { Files = [] }, e.Files.Count)), together.Select(e => (e with { Files = [] }, e.Files.Count)));
        }
    }

    [Fact]
    public void Read_of_a_file_that_was_truncated_meanwhile_keeps_the_IDs_of_complete_lines()
    {
        string path = Write(100, 1);
        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite);
        JournalIndex index = JournalIndex.Read(file.SafeFileHandle, file.Length, new JournalLimits());
        file.SetLength(file.Length / 2);
        IReadOnlyList<JournalEntry> entries = JournalEntryReader.Read(file.SafeFileHandle, index, _ => true);
        Assert.InRange(entries.Count, 40, 60);
        Assert.Equal(Enumerable.Range(0, entries.Count).Select(i => $"row {i}"), entries.Select(e => e.Label));
    }

    [Fact]
    public void Read_of_lines_longer_than_a_block_is_complete()
    {
        string path = Path.Join(_folder.Path, "long.jsonl");
        string prompt = new('p', 700_000);
        File.WriteAllLines(path, Enumerable.Range(0, 4).Select(i => $"{{\"event\":\"intent\",\"entry\":\"e{i}\",\"prompt\":\"{i}{prompt}\"}}"));
        IReadOnlyList<JournalEntry> entries = JournalReader.Read(path, new JournalLimits(), _ => true).Entries;
        Assert.Equal(Enumerable.Range(0, 4).Select(i => i + prompt), entries.Select(e => e.Prompt));
    }

    // The lines of so many entries are written together, first lines first.
    private string Write(int count, int interleaved)
    {
        string path = Path.Join(_folder.Path, "journal.jsonl");
        using StreamWriter writer = new(path, append: false, new UTF8Encoding(false));
        DateTimeOffset at = new(2026, 8, 26, 9, 15, 0, TimeSpan.Zero);
        foreach (int[] group in Enumerable.Range(0, count).Chunk(interleaved))
        {
            foreach (int number in group)
            {
                Put((SomeJournal.Intent() with { Label = $"row {number}", QuotedPrice = number / 100m }).ToLine($"id{number}", at.AddSeconds(number)));
            }

            foreach (int number in group)
            {
                Put(new JournalRecord { Event = "id", Entry = $"id{number}", At = at, Sent = at, Prediction = $"{number:x32}" });
            }

            foreach (int number in group.Where(n => n % 3 == 0))
            {
                writer.Write("damaged\n");
                Put(new JournalRecord { Event = "saved", Entry = $"id{number}", At = at, Files = [new($"/pictures/{number}.png", number, SomeJournal.Digest)] });
            }
        }

        return path;

        void Put(JournalRecord line) => writer.Write(Encoding.UTF8.GetString(line.ToBytes()));
    }
}
