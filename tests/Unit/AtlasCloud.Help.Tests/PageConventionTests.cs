using System.Text.RegularExpressions;
using Xunit;

namespace AtlasCloud.Help.Tests;

/// <summary>The pages agree with the commands of the module.</summary>
public sealed partial class PageConventionTests
{
    private static readonly string s_pages = Path.Join(AppContext.BaseDirectory, "pages");
    private static readonly IReadOnlyDictionary<string, IReadOnlyList<ParameterEntry>> s_commands = ModuleMetadata.Read();

    public static TheoryData<string> Commands => new(s_commands.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Every_exported_command_has_a_page_and_every_page_has_a_command()
    {
        string list = CmdletsToExport().Match(File.ReadAllText(Path.Join(AppContext.BaseDirectory, "AtlasCloud.psd1"))).Groups[1].Value;
        IEnumerable<string> exported = Quoted().Matches(list).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal);

        Assert.Equal(exported, Pages("*-*.md").Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Page_describes_exactly_the_parameters_of_its_command(string command) =>
        Assert.Equal(
            s_commands[command].Select(p => p.Name).Order(StringComparer.Ordinal),
            Page(command).Parameters.Select(p => p.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Commands))]
    public void Parameter_metadata_agrees_with_the_attributes(string command)
    {
        string[] attributes = [.. s_commands[command].Select(Facts)];
        string[] page = [.. Page(command).Parameters.Select(Facts)];

        Assert.True(attributes.ToHashSet().SetEquals(page), $"""
            attributes: {string.Join("; ", attributes.Except(page))}
            page:       {string.Join("; ", page.Except(attributes))}
            """);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_parameter_description_is_a_sentence(string command) =>
        Assert.All(Page(command).Parameters, p => Assert.True(p.Description[0].Length > 10 && p.Description[^1][^1] == '.', $"-{p.Name}: {p.Description[^1]}"));

    [Theory]
    [MemberData(nameof(Commands))]
    public void Page_shows_two_to_six_examples(string command) => Assert.InRange(Page(command).Examples.Count, 2, 6);

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_example_shows_its_output(string command) =>
        Assert.All(Page(command).Examples, e => Assert.True(e.Output.Length > 0, $"{e.Title} has no code block that begins with ```output."));

    [Theory]
    [MemberData(nameof(Commands))]
    public void Page_names_only_errors_that_exist(string command)
    {
        HashSet<string> known = [.. Enum.GetNames<AtlasCloudErrorKind>(), .. OtherErrors()];
        string? errors = Page(command).Notes.SingleOrDefault(n => n.StartsWith("This command can return the following error IDs", StringComparison.Ordinal));

        Assert.All(
            (errors is null ? [] : errors[(errors.IndexOf(": ", StringComparison.Ordinal) + 2)..errors.IndexOf(". about_", StringComparison.Ordinal)].Split(", ")),
            id => Assert.Contains(id, known));
    }

    [Fact]
    public void Every_error_id_is_listed_in_about_AtlasCloud_Errors() =>
        Assert.Subset(ErrorRows().ToHashSet(), Enum.GetNames<AtlasCloudErrorKind>().ToHashSet());

    [Fact]
    public void Every_command_is_listed_in_about_AtlasCloud()
    {
        string topic = File.ReadAllText(Path.Join(s_pages, "about_AtlasCloud.md"));

        Assert.All(s_commands.Keys, name => Assert.Contains($"| {name} |", topic, StringComparison.Ordinal));
    }

    [Fact]
    public void All_pages_can_be_converted() => Assert.Empty(HelpBuilder.Build(s_pages, Path.Join(AppContext.BaseDirectory, "help")));

    private static CommandPage Page(string command)
    {
        string file = Path.Join(s_pages, command + ".md");
        return CommandPageReader.Read(file, File.ReadAllText(file));
    }

    private static IEnumerable<string> Pages(string pattern) => Directory.GetFiles(s_pages, pattern).Select(f => Path.GetFileNameWithoutExtension(f));

    private static string Facts(ParameterEntry p) =>
        $"-{p.Name} {p.Type} wildcards={p.SupportsWildcards} aliases={string.Join(',', p.Aliases)} values={string.Join(',', p.AcceptedValues)} "
        + string.Join(' ', p.Sets.OrderBy(s => s.Name, StringComparer.Ordinal).Select(s => $"[{s.Name} {s.PositionText} required={s.IsRequired} {s.PipelineText}]"));

    private static IEnumerable<string> ErrorRows() =>
        ErrorRow().Matches(File.ReadAllText(Path.Join(s_pages, "about_AtlasCloud_Errors.md"))).Select(m => m.Groups[1].Value);

    private static IEnumerable<string> OtherErrors() => ErrorRows().Except(Enum.GetNames<AtlasCloudErrorKind>());

    [GeneratedRegex(@"CmdletsToExport\s*=\s*@\((.*?)\)", RegexOptions.Singleline)]
    private static partial Regex CmdletsToExport();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^\| ([A-Z][A-Za-z]+) \|.*\|.*\|.*\|$", RegexOptions.Multiline)]
    private static partial Regex ErrorRow();
}
