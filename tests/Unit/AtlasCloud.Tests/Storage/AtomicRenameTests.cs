using AtlasCloud.Storage;

namespace AtlasCloud.Tests.Storage;

public sealed class AtomicRenameTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TryCreateEmpty_returns_false_if_the_name_is_taken()
    {
        Assert.True(AtomicRename.TryCreateEmpty(Path.Combine(_folder.Path, "name")));
        Assert.False(AtomicRename.TryCreateEmpty(Path.Combine(_folder.Path, "name")));
        Assert.False(AtomicRename.TryCreateEmpty(_folder.Path));
    }

    [Fact]
    public void TryMove_does_not_replace_a_dangling_link()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows, symbolic links need a right that users lack by default.");
        string file = _folder.Write("new", [1]);
        string link = Path.Combine(_folder.Path, "link");
        File.CreateSymbolicLink(link, Path.Combine(_folder.Path, "missing"));

        Assert.False(AtomicRename.TryMove(file, link, overwrite: false));
        Assert.Equal(["link", "new"], _folder.Names);
    }
}
