using AtlasCloud.Storage;

namespace AtlasCloud.Tests.Storage;

public sealed class FileSearchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pattern_with_several_dots_finds_files_of_that_name_only()
    {
        foreach (string name in (string[])["journal.jsonl.1.next", "journal.jsonl.2.next", "journal.jsonl.3.nextone", "journal.jsonl", ".hidden.jsonl.4.next"])
        {
            _folder.Write(name, []);
        }

        Assert.Equal(["journal.jsonl.1.next", "journal.jsonl.2.next"], FileSearch.EnumerateFiles(_folder.Path, "journal.jsonl.*.next").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal([".hidden.jsonl.4.next"], FileSearch.EnumerateFiles(_folder.Path, ".hidden.*").Select(Path.GetFileName));
    }
}
