using AtlasCloud.Storage;

namespace AtlasCloud.Tests;

public sealed class LocalFileTests
{
    [Fact]
    public void EnsureReadable_throws_FileMissing_for_a_missing_file()
    {
        using TemporaryFolder folder = new();

        AssertThrows(Path.Combine(folder.Path, "a.png"), AtlasCloudErrorReason.FileMissing, "does not exist");
    }

    [Fact]
    public void EnsureReadable_throws_FileIsFolder_for_a_folder()
    {
        using TemporaryFolder folder = new();

        AssertThrows(folder.Path, AtlasCloudErrorReason.FileIsFolder, "is a folder");
    }

    [Fact]
    public void EnsureReadable_throws_FileEmpty_for_an_empty_file()
    {
        using TemporaryFolder folder = new();

        AssertThrows(folder.Write("a.png", []), AtlasCloudErrorReason.FileEmpty, "is empty");
    }

    [Fact]
    public void EnsureReadable_throws_FileUnreadable_for_a_locked_file()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("a.png", Bytes.Png);
        using FileStream locked = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        AssertThrows(path, AtlasCloudErrorReason.FileUnreadable, "cannot be read");
    }

    [Fact]
    public void EnsureReadable_throws_AddressWithoutScheme_for_a_path_like_an_address() =>
        AssertThrows(Path.GetFullPath("example.com/a.png"), AtlasCloudErrorReason.AddressWithoutScheme, "does not exist");

    [Fact]
    public void EnsureReadable_accepts_a_readable_file()
    {
        using TemporaryFolder folder = new();

        LocalFile.EnsureReadable(folder.Write("a.png", Bytes.Png));
    }

    private static void AssertThrows(string path, AtlasCloudErrorReason reason, string message)
    {
        AtlasCloudException error = Assert.Throws<AtlasCloudException>(() => LocalFile.EnsureReadable(path));

        Assert.Equal((AtlasCloudErrorKind.InvalidParameter, reason, path), (error.Kind, error.Reason, error.Value));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was sent.", error.Message, StringComparison.Ordinal);
    }
}
