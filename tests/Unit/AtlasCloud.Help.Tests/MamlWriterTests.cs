using System.Xml.Linq;
using Xunit;

namespace AtlasCloud.Help.Tests;

public sealed class MamlWriterTests
{
    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    private readonly XElement _command =
        MamlWriter.Write([CommandPageReader.Read(Some.CommandFile, Some.Command)]).Root!.Elements(s_command + "command").Single();

    [Fact]
    public void Command_has_its_name_and_synopsis()
    {
        XElement details = _command.Element(s_command + "details")!;

        Assert.Equal("Get-Thing", (string?)details.Element(s_command + "name"));
        Assert.Equal("Get", (string?)details.Element(s_command + "verb"));
        Assert.Equal("Thing", (string?)details.Element(s_command + "noun"));
        Assert.Equal("Returns things.", (string?)details.Element(s_maml + "description")!.Element(s_maml + "para"));
    }

    [Fact]
    public void Each_parameter_set_is_a_syntax_with_its_own_parameters()
    {
        XElement[] items = [.. _command.Element(s_command + "syntax")!.Elements(s_command + "syntaxItem")];

        Assert.Equal(["Name", "Quick"], Names(items[0]));
        Assert.Equal(["All", "Quick"], Names(items[1]));
    }

    [Fact]
    public void Parameter_has_the_metadata_that_Get_Help_shows()
    {
        XElement name = _command.Element(s_command + "parameters")!.Elements().Single(p => (string?)p.Element(s_maml + "name") == "Name");

        Assert.Equal("true", (string?)name.Attribute("required"));
        Assert.Equal("0", (string?)name.Attribute("position"));
        Assert.Equal("true", (string?)name.Attribute("globbing"));
        Assert.Equal("True (ByValue, ByPropertyName)", (string?)name.Attribute("pipelineInput"));
        Assert.Equal("Id, Called", (string?)name.Attribute("aliases"));
        Assert.Equal("String[]", (string?)name.Element(s_command + "parameterValue"));
        Assert.Equal(["a", "b"], name.Element(s_command + "parameterValueGroup")!.Elements().Select(v => v.Value));
        Assert.Equal("Names with <brackets>.", (string?)name.Element(s_maml + "description"));
    }

    [Fact]
    public void Switch_parameter_has_no_value() =>
        Assert.DoesNotContain(
            _command.Element(s_command + "parameters")!.Elements().Where(p => (string?)p.Element(s_maml + "name") is "All" or "Quick"),
            p => p.Element(s_command + "parameterValue") is not null);

    [Fact]
    public void Example_has_introduction_code_output_and_remarks()
    {
        XElement example = _command.Element(s_command + "examples")!.Elements().First();

        Assert.Contains("Example 1: One thing", (string?)example.Element(s_maml + "title"), StringComparison.Ordinal);
        Assert.Equal("Before.", (string?)example.Element(s_maml + "introduction"));
        Assert.Equal("Get-Thing a |\n    Out-Null", (string?)example.Element(s_dev + "code"));
        Assert.Equal(["Name  Size\n----  ----\na        1", "After.", ""], example.Element(s_dev + "remarks")!.Elements().Select(p => p.Value));
    }

    [Fact]
    public void Types_notes_and_links_are_written()
    {
        Assert.Equal("System.String", (string?)_command.Element(s_command + "inputTypes")!.Descendants(s_maml + "name").Single());
        Assert.Equal("System.Object", (string?)_command.Element(s_command + "returnValues")!.Descendants(s_maml + "name").Single());
        Assert.Equal("Note this.", (string?)_command.Element(s_maml + "alertSet"));
        Assert.Equal("The webhttps://example.com/", (string?)_command.Element(s_command + "relatedLinks"));
    }

    private static IEnumerable<string?> Names(XElement syntax) =>
        syntax.Elements(s_command + "parameter").Select(p => (string?)p.Element(s_maml + "name"));
}
