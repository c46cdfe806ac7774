using System.Text.RegularExpressions;

namespace AtlasCloud.Repository.Tests;

public sealed partial class LockFileTests
{
    [Fact]
    public void Every_project_has_a_lock_file_and_every_lock_file_a_project() =>
        Assert.Equal(
            RepositoryFolder.Files("*.csproj").Select(Folder).Order(StringComparer.Ordinal),
            RepositoryFolder.Files("packages.lock.json").Select(Folder).Order(StringComparer.Ordinal));

    [Fact]
    public void No_lock_file_depends_on_a_feed_or_a_system() =>
        Assert.All(RepositoryFolder.Files("packages.lock.json"), file => Assert.DoesNotMatch(FeedOrRuntime(), RepositoryFolder.Read(file)));

    private static string Folder(string file) => Path.GetDirectoryName(file)!;

    // A section for a runtime is named after the framework and the runtime: net8.0/win-x64.
    [GeneratedRegex("https?:|\"net[0-9.]+/")]
    private static partial Regex FeedOrRuntime();
}
