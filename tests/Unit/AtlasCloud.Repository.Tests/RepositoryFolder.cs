using System.Text.RegularExpressions;

namespace AtlasCloud.Repository.Tests;

/// <summary>The repository that these tests are part of.</summary>
internal static partial class RepositoryFolder
{
    public static string Path { get; } = Find();

    public static string Combine(string relative) => System.IO.Path.Join(Path, relative);

    public static string Read(string relative) => File.ReadAllText(Combine(relative)).ReplaceLineEndings("\n");

    public static bool Contains(string relative) => File.Exists(Combine(relative)) || Directory.Exists(Combine(relative));

    /// <summary>Returns the files with this pattern, relative to the repository, without what a build writes.</summary>
    public static IEnumerable<string> Files(string pattern) =>
        Directory.GetFiles(Path, pattern, SearchOption.AllDirectories)
            .Select(f => System.IO.Path.GetRelativePath(Path, f).Replace('\\', '/'))
            .Where(f => !BuildFolder().IsMatch(f))
            .Order(StringComparer.Ordinal);

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Join(folder.FullName, "AtlasCloud.PowerShell.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not lie inside the repository.");
    }

    [GeneratedRegex("(^|/)(bin|obj|output|\\.git)/")]
    private static partial Regex BuildFolder();
}
