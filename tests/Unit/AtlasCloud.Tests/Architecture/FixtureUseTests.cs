namespace AtlasCloud.Tests;

/// <summary>Each recorded file is described in the manifest and read by a test.</summary>
public sealed class FixtureUseTests
{
    // Tests go through all files of these folders, and fail for a file that they have no expectation for.
    private static readonly string[] s_completeFolders =
        ["billing", "calculate", "errors", "history", "llm", "management", "prediction", "sse", "submit", "upload"];

    private static readonly string[] s_descriptions = ["README.md", "manifest.json"];
    private static readonly Lazy<string> s_tests = new(() => string.Concat(Directory
        .GetFiles(Path.Combine(Repository.Root, "tests", "Unit"), "*.cs", SearchOption.AllDirectories)
        .Where(f => Path.GetFileName(f) != nameof(FixtureUseTests) + ".cs").Select(File.ReadAllText)));

    [Fact]
    public void Each_file_is_described_in_the_manifest()
    {
        string[] described = [.. Fixture.Described.Where(f => !f.StartsWith("schemas/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        string[] present = [.. Fixture.All.Where(f => f.Contains('/', StringComparison.Ordinal) && !f.StartsWith("schemas/", StringComparison.Ordinal))];

        Assert.Equal(described, present);
    }

    [Fact]
    public void Each_file_is_read_by_a_test()
    {
        string[] unused = [.. Fixture.All.Except(s_descriptions).Where(f => !IsRead(f))];

        Assert.True(unused.Length == 0, $"No test reads {string.Join(", ", unused)}.");
    }

    // A schema that is not constructed is read by the tests of all schemas. Requests to generate something are read by RecordedRequestTests.
    private static bool IsRead(string file) =>
        s_completeFolders.Contains(file.Split('/')[0])
        || (file.StartsWith("schemas/", StringComparison.Ordinal) && !Fixture.IsConstructed(file))
        || RecordedRequestTests.Files.Any(f => file == "requests/" + f.Data)
        || Names(file).Any(n => s_tests.Value.Contains(n, StringComparison.Ordinal));

    // A test names a file with or without its folder and its extensions.
    private static IEnumerable<string> Names(string file)
    {
        string name = Path.GetFileName(file);
        string stem = name.Split('.')[0] is { Length: > 0 } first && file.StartsWith("webhook/", StringComparison.Ordinal) ? first : Path.GetFileNameWithoutExtension(name);
        return new[] { name, stem }.SelectMany(n => new[] { $"\"{n}\"", $"/{n}\"" });
    }
}
