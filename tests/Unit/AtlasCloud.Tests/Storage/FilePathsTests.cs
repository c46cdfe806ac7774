using AtlasCloud.Storage;

namespace AtlasCloud.Tests.Storage;

public sealed class FilePathsTests
{
    [Fact]
    public void IsSame_ignores_a_trailing_separator_and_resolves_relative_paths()
    {
        string full = Path.GetFullPath("results");
        Assert.True(FilePaths.IsSame(full, full + Path.DirectorySeparatorChar));
        Assert.True(FilePaths.IsSame("results", full));
        Assert.True(FilePaths.IsSame(Path.Join(full, "..", "results"), full));
        Assert.False(FilePaths.IsSame(full, full + "2"));
        Assert.False(FilePaths.IsSame(null, full));
    }

    [Fact]
    public void IsSame_is_case_sensitive_on_Linux_only() =>
        Assert.Equal(!OperatingSystem.IsLinux(), FilePaths.IsSame(Path.GetFullPath("Results"), Path.GetFullPath("results")));
}
