using System.Xml.Linq;

namespace AtlasCloud.Help;

/// <summary>Writes pages as MAML, the format from which PowerShell reads the help of binary cmdlets.</summary>
internal static class MamlWriter
{
    private static readonly XNamespace s_root = "http://msh";
    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    internal static XDocument Write(IEnumerable<CommandPage> pages) => new(
        new XDeclaration("1.0", "utf-8", null),
        new XElement(
            s_root + "helpItems",
            new XAttribute("schema", "maml"),
            pages.Select(Command)));

    private static XElement Command(CommandPage page)
    {
        string[] words = page.Name.Split('-', 2);
        return new XElement(
            s_command + "command",
            new XAttribute(XNamespace.Xmlns + "maml", s_maml),
            new XAttribute(XNamespace.Xmlns + "command", s_command),
            new XAttribute(XNamespace.Xmlns + "dev", s_dev),
            new XElement(
                s_command + "details",
                new XElement(s_command + "name", page.Name),
                new XElement(s_command + "verb", words[0]),
                new XElement(s_command + "noun", words[^1]),
                Description(page.Synopsis)),
            Description(page.Description),
            new XElement(s_command + "syntax", page.Syntax.OrderByDescending(s => s.IsDefault).Select(s => Syntax(page, s))),
            new XElement(s_command + "parameters", page.Parameters.Select(p => Parameter(p, p.Sets))),
            new XElement(s_command + "inputTypes", page.Inputs.Select(t => Type(s_command + "inputType", t))),
            new XElement(s_command + "returnValues", page.Outputs.Select(t => Type(s_command + "returnValue", t))),
            new XElement(s_maml + "alertSet", new XElement(s_maml + "alert", Paragraphs(page.Notes))),
            new XElement(s_command + "examples", page.Examples.Select(Example)),
            new XElement(s_command + "relatedLinks", Links(page)));
    }

    private static XElement Syntax(CommandPage page, SyntaxEntry syntax) => new(
        s_command + "syntaxItem",
        new XElement(s_maml + "name", page.Name),
        syntax.ParameterNames
            .Select(name => page.Parameters.First(p => p.Name == name))
            .Select(p => Parameter(p, [p.In(syntax.SetName)!])));

    private static XElement Parameter(ParameterEntry parameter, IReadOnlyList<ParameterSetEntry> sets)
    {
        ParameterSetEntry first = sets[0];
        bool byValue = sets.Any(s => s.FromPipeline);
        bool byName = sets.Any(s => s.FromPipelineByPropertyName);
        return new XElement(
            s_command + "parameter",
            new XAttribute("required", Word(sets.All(s => s.IsRequired))),
            new XAttribute("variableLength", Word(parameter.Type.EndsWith("[]", StringComparison.Ordinal))),
            new XAttribute("globbing", Word(parameter.SupportsWildcards)),
            new XAttribute("pipelineInput", (first with { FromPipeline = byValue, FromPipelineByPropertyName = byName }).PipelineText),
            new XAttribute("position", first.PositionText),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(s_maml + "name", parameter.Name),
            Description(parameter.Description),
            parameter.AcceptedValues.Count == 0
                ? null
                : new XElement(
                    s_command + "parameterValueGroup",
                    parameter.AcceptedValues.Select(v => new XElement(s_command + "parameterValue", new XAttribute("required", "false"), v))),
            parameter.IsSwitch
                ? null
                : new XElement(s_command + "parameterValue", new XAttribute("required", "true"), new XAttribute("variableLength", "false"), ShortName(parameter.Type)),
            new XElement(s_dev + "type", new XElement(s_maml + "name", parameter.Type), new XElement(s_maml + "uri")),
            new XElement(s_dev + "defaultValue", parameter.DefaultValue.Length == 0 ? "None" : parameter.DefaultValue));
    }

    private static XElement Example(ExampleEntry example) => new(
        s_command + "example",
        new XElement(s_maml + "title", $"---- {example.Title} ----"),
        new XElement(s_maml + "introduction", Paragraphs(example.Introduction)),
        new XElement(s_dev + "code", example.Code),

        // The empty paragraph at the end separates this example from the next one: PowerShell itself adds no blank line.
        new XElement(s_dev + "remarks", Paragraphs([.. Output(example), .. example.Remarks, ""])));

    private static string[] Output(ExampleEntry example) => example.Output.Length == 0 ? [] : [example.Output];

    private static XElement Type(XName name, TypeEntry type) => new(
        name,
        new XElement(s_dev + "type", new XElement(s_maml + "name", type.Name)),
        Description(type.Description));

    private static IEnumerable<XElement> Links(CommandPage page) =>
        (page.HelpUri is string uri ? page.Links.Prepend(new LinkEntry("Online Version:", uri)) : page.Links)
        .Select(link => new XElement(
            s_maml + "navigationLink",
            new XElement(s_maml + "linkText", link.Text),
            new XElement(s_maml + "uri", link.Uri)));

    private static XElement Description(IEnumerable<string> text) => new(s_maml + "description", Paragraphs(text));

    private static IEnumerable<XElement> Paragraphs(IEnumerable<string> text) => text.Select(t => new XElement(s_maml + "para", t));

    private static string ShortName(string type) => type[(type.LastIndexOf('.') + 1)..];

    private static string Word(bool value) => value ? "true" : "false";
}
