using AtlasCloud.Storage;

namespace AtlasCloud.Tests.Storage;

public sealed class FilePathsTests
{
    [Fact]
    public void A_path_is_the_same_with_a_separator_at_its_end_and_when_it_is_relative()
    {
        string full = Path.GetFullPath("results");
        Assert.True(FilePaths.IsSame(full, full + Path.DirectorySeparatorChar));
        Assert.True(FilePaths.IsSame("results", full));
        Assert.True(FilePaths.IsSame(Path.Join(full, "..", "results"), full));
        Assert.False(FilePaths.IsSame(full, full + "2"));
        Assert.False(FilePaths.IsSame(null, full));
    }

    [Fact]
    public void Case_matters_on_Linux_only() =>
        Assert.Equal(!OperatingSystem.IsLinux(), FilePaths.IsSame(Path.GetFullPath("Results"), Path.GetFullPath("results")));
}
