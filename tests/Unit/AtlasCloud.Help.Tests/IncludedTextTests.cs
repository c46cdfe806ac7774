using Xunit;

namespace AtlasCloud.Help.Tests;

public sealed class IncludedTextTests : IDisposable
{
    private const string Include = "[!INCLUDE [-Quick](shared/Quick.md)]";

    private readonly string _folder = Directory.CreateTempSubdirectory("AtlasCloud.Help.").FullName;
    private readonly string _page;
    private readonly string _shared;

    public IncludedTextTests()
    {
        _page = Path.Join(_folder, Some.CommandFile);
        _shared = Path.Join(Directory.CreateDirectory(Path.Join(_folder, "shared")).FullName, "Quick.md");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Page_with_an_include_reads_like_the_page_that_contains_the_text()
    {
        (string page, string shared) = Split(Some.Command);
        File.WriteAllText(_shared, shared);

        IReadOnlyList<ParameterEntry> expected = CommandPageReader.Read(_page, Some.Command).Parameters;
        IReadOnlyList<ParameterEntry> actual = CommandPageReader.Read(_page, page).Parameters;

        Assert.Equal(["All", "Name", "Quick"], actual.Select(p => p.Name));
        Assert.Equal(expected[2].Description, actual[2].Description);
        Assert.Equal(expected[2].Sets, actual[2].Sets);
    }

    [Fact]
    public void Error_in_a_shared_file_is_reported_at_its_line_in_that_file()
    {
        (string page, string shared) = Split(Some.Command);
        File.WriteAllText(_shared, shared.Replace("SupportsWildcards: false", "SupportsWildcards: no", StringComparison.Ordinal));

        PageException error = Assert.Throws<PageException>(() => CommandPageReader.Read(_page, page));

        Assert.Equal((_shared, Some.LineOf(shared, "SupportsWildcards")), (error.File, error.Line));
    }

    [Fact]
    public void Error_below_an_include_is_reported_at_its_line_in_the_page()
    {
        (string page, string shared) = Split(Some.Command);
        File.WriteAllText(_shared, shared);
        page = page.Replace("## NOTES", "## REMARKS", StringComparison.Ordinal);

        PageException error = Assert.Throws<PageException>(() => CommandPageReader.Read(_page, page));

        Assert.Equal((_page, Some.LineOf(page, "## REMARKS")), (error.File, error.Line));
    }

    [Theory]
    [InlineData("[!INCLUDE [-Quick](shared/Missing.md)]")]
    [InlineData("[!INCLUDE [-Quick](../Quick.md)]")]
    [InlineData("[!INCLUDE shared/Quick.md]")]
    public void Invalid_include_is_an_error(string include)
    {
        (string page, string shared) = Split(Some.Command);
        File.WriteAllText(_shared, shared);
        page = page.Replace(Include, include, StringComparison.Ordinal);

        PageException error = Assert.Throws<PageException>(() => CommandPageReader.Read(_page, page));

        Assert.Equal((_page, Some.LineOf(page, include)), (error.File, error.Line));
    }

    [Fact]
    public void Include_in_a_shared_file_is_an_error()
    {
        File.WriteAllText(_shared, "A paragraph.\n\n" + Include);

        PageException error = Assert.Throws<PageException>(() => CommandPageReader.Read(_page, Split(Some.Command).Page));

        Assert.Equal((_shared, 3), (error.File, error.Line));
    }

    // The page with an include in place of the section -Quick, and the text of that section.
    private static (string Page, string Shared) Split(string page)
    {
        int start = page.IndexOf("### -Quick", StringComparison.Ordinal);
        int end = page.IndexOf("### CommonParameters", StringComparison.Ordinal);
        return (page[..start] + Include + "\n\n" + page[end..], page[start..end]);
    }
}
