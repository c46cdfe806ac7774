using AtlasCloud.Storage;

namespace AtlasCloud.Tests.Storage;

public sealed class PrivateFileTests : IDisposable
{
    private readonly string _folder = Path.Join(Path.GetTempPath(), $"atlascloud-{Guid.NewGuid():N}");

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public void A_file_is_replaced_whole_and_nothing_is_left_beside_it()
    {
        string path = Path.Join(_folder, "deep", "file.json");
        PrivateFile.Replace(path, "first, and longer"u8);
        PrivateFile.Replace(path, "second"u8);
        Assert.Equal("second", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void Only_the_owner_can_read_files_and_folders()
    {
        string path = Path.Join(_folder, "deep", "file.json");
        PrivateFile.Replace(path, "text"u8);
        Assert.True(File.Exists(path));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder));
        }
    }

    [Fact]
    public void What_cannot_be_put_in_place_leaves_nothing_behind()
    {
        string path = Path.Join(_folder, "taken");
        Directory.CreateDirectory(path);
        Assert.ThrowsAny<SystemException>(() => PrivateFile.Replace(path, "text"u8));
        Assert.Empty(Directory.GetFiles(_folder));
    }
}
