using System.Text.RegularExpressions;
using Xunit;

namespace AtlasCloud.Help.Tests;

/// <summary>docs/Faults.md names tests that exist, and lists every recorded error response.</summary>
public sealed partial class FaultTableTests
{
    private static readonly string s_root = Root();
    private static readonly string[][] s_rows =
    [
        .. File.ReadLines(Path.Join(s_root, "docs", "Faults.md")).Where(l => l.StartsWith("| ", StringComparison.Ordinal) && !l.StartsWith("| Fault |", StringComparison.Ordinal))
            .Select(l => l.Trim('|', ' ').Split(" | ")),
    ];

    public static TheoryData<string> References => [.. s_rows.SelectMany(r => Quoted().Matches(r[^1])).Select(m => m.Groups[1].Value).Distinct()];

    [Theory]
    [MemberData(nameof(References))]
    public void A_test_that_is_named_is_there(string test)
    {
        Match pester = PesterName().Match(test);
        string file = pester.Success ? Path.Join(s_root, "tests", "Pester", pester.Groups[1].Value) : SourceOf(test.Split('.')[0]);
        string text = File.ReadAllText(file);

        Assert.True(
            pester.Success
                ? text.Contains($"It '{pester.Groups[2].Value.Replace("'", "''", StringComparison.Ordinal)}'", StringComparison.Ordinal)
                : Regex.IsMatch(text, $@"\[(Fact|Theory)[^\n]*\](\s*\[[^\n]*\])*\s*public (async )?(void|Task) {Regex.Escape(test.Split('.')[1])}\("),
            $"There is no test {test}.");
    }

    [Fact]
    public void Each_fault_has_what_is_seen_what_is_charged_and_a_test() =>
        Assert.All(s_rows, row => Assert.True(row is [_, _, _, _] && row.All(c => c.Trim().Length > 0) && Quoted().IsMatch(row[3]), string.Join(" | ", row)));

    [Fact]
    public void Every_recorded_refusal_is_in_it_and_no_other()
    {
        IEnumerable<string> named = s_rows.SelectMany(r => Fixture().Matches(r[0])).Select(m => m.Groups[1].Value).Distinct();

        Assert.Equal(
            Directory.GetFiles(Path.Join(s_root, "tests", "Fixtures", "errors")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal),
            named.Order(StringComparer.Ordinal));
    }

    private static string SourceOf(string type) => Assert.Single(
        Directory.GetFiles(Path.Join(s_root, "tests"), type + ".cs", SearchOption.AllDirectories),
        f => !f.Contains($"{Path.DirectorySeparatorChar}AtlasCloud.Emulator.Tests{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Join(folder.FullName, "AtlasCloud.PowerShell.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not lie inside the repository.");
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^(\S+\.Tests\.ps1): '(.+)'$")]
    private static partial Regex PesterName();

    [GeneratedRegex("`errors/([^`]+)`")]
    private static partial Regex Fixture();
}
