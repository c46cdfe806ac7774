using Xunit;

namespace AtlasCloud.Help.Tests;

public sealed class CommandPageReaderTests
{
    [Fact]
    public void Page_is_read_completely()
    {
        CommandPage page = CommandPageReader.Read(Some.CommandFile, Some.Command);

        Assert.Equal("Get-Thing", page.Name);
        Assert.Equal(["Returns things."], page.Synopsis);
        Assert.Equal(["First paragraph, in two lines.", "- one\n- two"], page.Description);
        Assert.Equal(["Name", "All"], page.Syntax.Select(s => s.SetName));
        Assert.Equal([true, false], page.Syntax.Select(s => s.IsDefault));
        Assert.Equal(["All", "Name", "Quick"], page.Parameters.Select(p => p.Name));
        Assert.Equal(["Note this."], page.Notes);
        Assert.Equal(new LinkEntry("The web", "https://example.com/"), Assert.Single(page.Links));
        Assert.Null(page.HelpUri);
    }

    [Fact]
    public void Parameter_metadata_is_read()
    {
        ParameterEntry name = CommandPageReader.Read(Some.CommandFile, Some.Command).Parameters.Single(p => p.Name == "Name");

        Assert.Equal(["Names with <brackets>."], name.Description);
        Assert.Equal("System.String[]", name.Type);
        Assert.True(name.SupportsWildcards);
        Assert.Equal(["Id", "Called"], name.Aliases);
        Assert.Equal(["a", "b"], name.AcceptedValues);
        Assert.Equal(new ParameterSetEntry("Name", 0, IsRequired: true, FromPipeline: true, FromPipelineByPropertyName: true), Assert.Single(name.Sets));
        Assert.Null(name.In("All"));
    }

    [Fact]
    public void Example_keeps_its_code_output_and_runnable_mark()
    {
        IReadOnlyList<ExampleEntry> examples = CommandPageReader.Read(Some.CommandFile, Some.Command).Examples;

        Assert.Equal("Example 1: One thing", examples[0].Title);
        Assert.Equal(["Before."], examples[0].Introduction);
        Assert.Equal("Get-Thing a |\n    Out-Null", examples[0].Code);
        Assert.Equal(["Name  Size\n----  ----\na        1", ""], examples.Select(e => e.Output));
        Assert.Equal(["After."], examples[0].Remarks);
        Assert.Equal([true, false], examples.Select(e => e.IsRunnable));
    }

    [Fact]
    public void Windows_line_endings_are_accepted()
    {
        CommandPage page = CommandPageReader.Read(Some.CommandFile, Some.Command.ReplaceLineEndings("\r\n"));

        Assert.Equal("Get-Thing a |\n    Out-Null", page.Examples[0].Code);
        Assert.Equal(3, page.Parameters.Count);
    }

    [Theory]
    [InlineData("document type: cmdlet", "document type: page", 1)]
    [InlineData("title: Get-Thing", "title: Get-Other", 1)]
    [InlineData("# Get-Thing\n", "# Get-Other\n", 11)]
    [InlineData("PlatyPS schema version: 2024-05-01\n", "", 1)]
    public void Wrong_front_matter_or_title_is_an_error(string good, string bad, int line) => Expect(good, bad, line);

    [Theory]
    [InlineData("## NOTES", "## REMARKS")]
    [InlineData("Returns `things`.", "Returns <things>.")]
    [InlineData("### Example 1: One thing", "### One thing")]
    [InlineData("### -Quick", "### Quick")]
    [InlineData("```powershell runnable", "```powershell always")]
    [InlineData("```output", "```text")]
    [InlineData("a        1", "a        1                                                                                            2")]
    [InlineData("Type: System.String[]", "Typ: System.String[]")]
    [InlineData("SupportsWildcards: true", "SupportsWildcards: yes")]
    [InlineData("  Position: 0", "  Position: first")]
    public void Invalid_text_is_reported_at_its_line(string good, string bad) => Expect(good, bad, Some.LineOf(Some.Command, good));

    [Theory]
    [InlineData("Do not look twice.", "", "### -Quick")]
    [InlineData("Aliases:\n- Id\n- Called\n", "", "Type: System.String[]")]
    [InlineData("Get-Thing -All [-Quick]", "Get-Thing -All", "### All")]
    [InlineData("[-Quick] [<C", "[-Quick] [-Slow] [<C", "### Name (Default)")]
    [InlineData("- Name: (All)", "- Name: Other", "### Name (Default)")]
    [InlineData("### System.Object", "A paragraph.", "## OUTPUTS")]
    [InlineData("- [The web](https://example.com/)", "None.", "## RELATED LINKS")]
    public void Missing_text_is_reported_where_it_belongs(string good, string bad, string place) => Expect(good, bad, Some.LineOf(Some.Command, place));

    private static void Expect(string good, string bad, int line)
    {
        Assert.Contains(good, Some.Command, StringComparison.Ordinal);
        string page = Some.Command.Replace(good, bad, StringComparison.Ordinal);

        PageException error = Assert.Throws<PageException>(() => CommandPageReader.Read(Some.CommandFile, page));

        Assert.Equal((Some.CommandFile, line), (error.File, error.Line));
        Assert.NotEmpty(error.Message);
    }
}
