using System.Globalization;
using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace AtlasCloud.Help;

/// <summary>Reads the page of a command, as PlatyPS 1.0 writes it too, and refuses what would be lost on the way to the shell.</summary>
internal sealed partial class CommandPageReader
{
    internal const string SchemaVersion = "2024-05-01";

    private static readonly string[] s_sections =
        ["SYNOPSIS", "SYNTAX", "ALIASES", "DESCRIPTION", "EXAMPLES", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS"];

    private readonly string _file;
    private readonly PageSections _page;

    private CommandPageReader(string file, string text) => (_file, _page) = (file, PageSections.Read(file, text));

    /// <summary>Reads a page; its name is that of the file.</summary>
    /// <exception cref="PageException">The page is malformed.</exception>
    internal static CommandPage Read(string file, string text) => new CommandPageReader(file, text).Read();

    private CommandPage Read()
    {
        string name = Path.GetFileNameWithoutExtension(_file);
        Expect(_page.Fact("document type") == "cmdlet", 1, "The front matter has to say 'document type: cmdlet'.");
        Expect(_page.Fact("PlatyPS schema version") == SchemaVersion, 1, $"The front matter has to say 'PlatyPS schema version: {SchemaVersion}'.");
        Expect(_page.Fact("title") == name, 1, $"The front matter has to say 'title: {name}'.");
        Expect(_page.Title.Name == name, _page.Title.Line, $"The title has to be the name of the file, '{name}'.");
        Expect(_page.Title.Blocks.Count == 0, _page.Title.Line, "Nothing stands between the title and the synopsis.");
        string[] found = [.. _page.All.Select(s => s.Name)];
        foreach (Section section in _page.All)
        {
            Expect(s_sections.Contains(section.Name), section.Line, $"'{section.Name}' is no section of a command. Known: {string.Join(", ", s_sections)}.");
        }

        Expect(found.SequenceEqual(s_sections), _page.Title.Line, $"The sections of a command are, in this order, {string.Join(", ", s_sections)}; here are {string.Join(", ", found)}.");
        IReadOnlyList<ParameterEntry> parameters = Parameters();
        return new CommandPage(
            name,
            TextOf("SYNOPSIS"),
            Syntax(name, parameters),
            TextOf("DESCRIPTION"),
            Examples(),
            parameters,
            Types("INPUTS"),
            Types("OUTPUTS"),
            TextOf("NOTES"),
            Links(),
            _page.FrontMatter.TryGetValue("HelpUri", out string? uri) && uri.Length > 0 ? uri : null);
    }

    private Section Named(string name) => _page.All.First(s => s.Name == name);

    private IReadOnlyList<string> TextOf(string name) => TextOf(Named(name));

    private IReadOnlyList<string> TextOf(Section section)
    {
        IReadOnlyList<string> text = MarkdownText.Paragraphs(_file, section.Blocks);
        Expect(text.Count > 0, section.Line, $"{section.Name} says nothing.");
        return text;
    }

    private List<SyntaxEntry> Syntax(string command, IReadOnlyList<ParameterEntry> parameters)
    {
        List<SyntaxEntry> entries = [];
        foreach (Section section in Named("SYNTAX").Split(_file))
        {
            FencedCodeBlock? code = section.Blocks.OfType<FencedCodeBlock>().SingleOrDefault();
            Expect(code is not null && section.Blocks.Count == 1 && section.Name.Length > 0, section.Line, "A way to call a command is a heading ('### Name') and one code block.");
            bool isDefault = section.Name.EndsWith(" (Default)", StringComparison.Ordinal);
            string setName = isDefault ? section.Name[..^" (Default)".Length] : section.Name;
            string text = MarkdownText.Code(code!);
            Expect(text.Split([' ', '\n'])[0] == command, section.Line, $"The syntax has to begin with {command}.");
            string[] names = [.. ParameterName().Matches(text).Select(m => m.Groups[1].Value)];
            string[] wanted = [.. parameters.Where(p => p.In(setName) is not null).Select(p => p.Name)];
            Expect(names.Order().SequenceEqual(wanted.Order()), section.Line,
                $"The syntax of '{setName}' and the parameters of that set differ: {string.Join(", ", names.Except(wanted).Concat(wanted.Except(names)))}.");
            entries.Add(new SyntaxEntry(setName, isDefault, names, section.Line));
        }

        Expect(entries.Count > 0, Named("SYNTAX").Line, "There is no syntax.");
        string[] known = [.. entries.Select(e => e.SetName), ParameterEntry.AllSets];
        foreach (ParameterEntry parameter in parameters)
        {
            foreach (ParameterSetEntry set in parameter.Sets)
            {
                Expect(known.Contains(set.Name), parameter.Line, $"-{parameter.Name} names the set '{set.Name}', which has no syntax.");
            }
        }

        return entries;
    }

    private List<ExampleEntry> Examples()
    {
        List<ExampleEntry> entries = [];
        foreach (Section section in Named("EXAMPLES").Split(_file))
        {
            string start = string.Create(CultureInfo.InvariantCulture, $"Example {entries.Count + 1}: ");
            Expect(section.Name.StartsWith(start, StringComparison.Ordinal) && section.Name.Length > start.Length, section.Line, $"An example has a heading '### {start}what it shows'.");
            int place = section.Blocks.FindIndex(b => b is FencedCodeBlock { Info: "powershell" });
            Expect(place >= 0, section.Line, "An example has a block of code that begins with ```powershell.");
            FencedCodeBlock code = (FencedCodeBlock)section.Blocks[place];
            string mark = code.Arguments?.Trim() ?? "";
            Expect(mark is "" or "runnable", code.Line + 1, $"'{mark}' is not known after ```powershell: it is runnable or nothing.");
            entries.Add(new ExampleEntry(
                section.Name,
                MarkdownText.Paragraphs(_file, section.Blocks.Take(place)),
                MarkdownText.Code(code),
                MarkdownText.Paragraphs(_file, section.Blocks.Skip(place + 1)),
                mark == "runnable",
                code.Line + 2));
        }

        Expect(entries.Count > 0, Named("EXAMPLES").Line, "There is no example.");
        return entries;
    }

    private List<ParameterEntry> Parameters()
    {
        List<ParameterEntry> entries = [];
        foreach (Section section in Named("PARAMETERS").Blocks.Count == 0 ? [] : Named("PARAMETERS").Split(_file))
        {
            if (section.Name == "CommonParameters")
            {
                continue;
            }

            Expect(section.Name.StartsWith('-'), section.Line, "A parameter has a heading '### -Name'.");
            FencedCodeBlock? facts = section.Blocks.LastOrDefault() as FencedCodeBlock;
            Expect(facts?.Info == "yaml", section.Line, $"{section.Name} has to end with a block of code that begins with ```yaml.");
            IReadOnlyList<string> description = MarkdownText.Paragraphs(_file, section.Blocks.SkipLast(1));
            Expect(description.Count > 0, section.Line, $"{section.Name} is not described.");
            Expect(entries.TrueForAll(e => e.Name != section.Name[1..]), section.Line, $"{section.Name} stands here twice.");
            entries.Add(ParameterBlock.Read(_file, facts!.Line + 2, MarkdownText.Code(facts), section.Name[1..], description, section.Line));
        }

        return entries;
    }

    private List<TypeEntry> Types(string name)
    {
        List<TypeEntry> entries = [];
        foreach (Section section in Named(name).Split(_file))
        {
            Expect(section.Name.Length > 0, section.Line, $"{name} has a heading per type ('### System.String').");
            entries.Add(new TypeEntry(section.Name, TextOf(section)));
        }

        Expect(entries.Count > 0, Named(name).Line, $"{name} names no type: '### None' says that there is none.");
        return entries;
    }

    private List<LinkEntry> Links()
    {
        Section section = Named("RELATED LINKS");
        LinkEntry[] links =
        [
            .. section.Blocks.SelectMany(b => b.Descendants()).OfType<LinkInline>()
                .Select(link => new LinkEntry(
                    string.Concat(link.Descendants<LiteralInline>().Select(l => l.Content.ToString())),
                    link.Url?.StartsWith("http", StringComparison.Ordinal) == true ? link.Url : null)),
        ];
        Expect(links.Length > 0, section.Line, "There is no link.");
        foreach (LinkInline link in section.Blocks.SelectMany(b => b.Descendants()).OfType<LinkInline>())
        {
            Expect(
                link.Url?.StartsWith("http", StringComparison.Ordinal) == true || File.Exists(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(_file))!, link.Url ?? "")),
                link.Line + 1,
                $"There is no page '{link.Url}'.");
        }

        return [.. links];
    }

    private void Expect(bool isSo, int line, string otherwise)
    {
        if (!isSo)
        {
            throw new PageException(_file, line, otherwise);
        }
    }

    [GeneratedRegex(@"(?<=[\s\[])-([A-Za-z]+)", RegexOptions.CultureInvariant)]
    private static partial Regex ParameterName();
}
