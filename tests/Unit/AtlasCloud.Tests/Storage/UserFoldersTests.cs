namespace AtlasCloud.Tests.Storage;

public class UserFoldersTests
{
    private static UserFolders Find(string system, string home = "/home/user", params (string Name, string Value)[] variables) =>
        UserFolders.Find(
            name => variables.FirstOrDefault(v => v.Name == name).Value,
            folder => folder == Environment.SpecialFolder.LocalApplicationData ? home + "/AppData/Local" : home,
            system);

    [Fact]
    public void Find_on_Linux_follows_the_XDG_specification()
    {
        UserFolders folders = Find("linux");
        Assert.Equal(Path.Join("/home/user", ".cache", "atlascloud"), folders.Cache);
        Assert.Equal(Path.Join("/home/user", ".local", "state", "atlascloud"), folders.State);
        Assert.Equal(Path.Join("/home/user", ".config", "atlascloud"), folders.Config);

        UserFolders moved = Find("linux", "/home/user", ("XDG_CACHE_HOME", "/fast"), ("XDG_STATE_HOME", "relative"));
        Assert.Equal(Path.Join("/fast", "atlascloud"), moved.Cache);
        Assert.Equal(Path.Join("/home/user", ".local", "state", "atlascloud"), moved.State);
    }

    [Fact]
    public void Find_on_macOS_uses_Application_Support_and_on_Windows_LocalAppData()
    {
        Assert.Equal(Path.Join("/home/user", "Library", "Application Support", "AtlasCloud", "cache"), Find("macos").Cache);
        Assert.Equal(Path.Join("/home/user/AppData/Local", "AtlasCloud", "state"), Find("windows").State);
        Assert.Equal(Path.Join("/home/user/AppData/Local", "AtlasCloud"), Find("windows").Config);
    }

    [Theory]
    [InlineData("linux")]
    [InlineData("macos")]
    [InlineData("windows")]
    public void Find_uses_ATLASCLOUD_HOME_for_all_folders_if_it_is_set(string system)
    {
        string home = Path.GetFullPath("here");
        Assert.Equal(new UserFolders(Path.Join(home, "cache"), Path.Join(home, "state")) { Config = home }, Find(system, variables: ("ATLASCLOUD_HOME", "here")));
    }

    [Fact]
    public void Write_error_is_null_for_a_writable_folder_which_is_left_empty()
    {
        using TemporaryFolder folder = new();
        string missing = Path.Join(folder.Path, "a", "b");

        Assert.Null(UserFolders.FindWriteError(missing));
        Assert.Empty(Directory.GetFileSystemEntries(missing));
    }

    [Fact]
    public void Write_error_explains_why_a_folder_is_not_writable()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("file", []);

        Assert.NotEmpty(UserFolders.FindWriteError(Path.Join(file, "state"))!);
    }

    [Fact]
    public void Find_returns_no_folders_for_an_account_without_a_home() => Assert.Equal(new UserFolders(null, null), Find("linux", home: ""));
}
