using System.Text.RegularExpressions;

namespace AtlasCloud.Repository.Tests;

/// <summary>Texts of the module are the same in all cultures, which no analyzer checks in interpolated strings.</summary>
public sealed partial class DecimalFormatTests
{
    [Fact]
    public void Decimals_in_interpolated_strings_are_formatted_without_the_culture()
    {
        IEnumerable<string> found = RepositoryFolder.Files("*.cs").Where(f => f.StartsWith("src/", StringComparison.Ordinal)).SelectMany(f => FindCultureDecimals(f, RepositoryFolder.Read(f)));

        Assert.Empty(found);
    }

    [Theory]
    [InlineData("string a = $\"{x:0.#} s\";", 1)]
    [InlineData("string a = $\"{x:N2}\" + $\"{y:F1}\";", 1)]
    [InlineData("string a = FormattableString.Invariant($\"{x:0.#} s\");", 0)]
    [InlineData("string a = string.Create(\n    CultureInfo.InvariantCulture,\n    $\"{x:0.#} s\");", 0)]
    [InlineData("string a = $\"{x:00} {y}\";", 0)]
    public void Statement_is_found_unless_it_names_the_invariant_culture(string source, int count) => Assert.Equal(count, FindCultureDecimals("a.cs", source).Count());

    // A statement is what stands between semicolons, which is close enough to the grammar.
    private static IEnumerable<string> FindCultureDecimals(string file, string source) =>
        source.Split(';').Where(s => Decimal().IsMatch(s) && !s.Contains("Invariant", StringComparison.Ordinal)).Select(s => $"{file}: {s.Trim()}");

    [GeneratedRegex(@"\$@?""[^\n]*\{[^{}""\n]+:(0\.|[NFP]\d|#)[^{}\n]*\}")]
    private static partial Regex Decimal();
}
