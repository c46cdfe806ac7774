using System.Globalization;
using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace AtlasCloud.Help;

/// <summary>Reads the page of a command, in the format of PlatyPS 1.0, and rejects content that MAML cannot show.</summary>
internal sealed partial class CommandPageReader
{
    internal const string SchemaVersion = "2024-05-01";

    /// <summary>The widest line of output that an example may show.</summary>
    internal const int OutputWidth = 100;

    private static readonly string[] s_sections =
        ["SYNOPSIS", "SYNTAX", "ALIASES", "DESCRIPTION", "EXAMPLES", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS"];

    private readonly string _file;
    private readonly PageSections _page;

    private CommandPageReader(string file, string text) => (_file, _page) = (file, PageSections.Read(file, text));

    /// <summary>Reads a page. Its name is that of the file. Parameters are returned in alphabetical order.</summary>
    /// <exception cref="PageException">The page is malformed.</exception>
    internal static CommandPage Read(string file, string text) =>
        IncludedText.Read(file, text).Parse(expanded => new CommandPageReader(file, expanded).Read());

    private CommandPage Read()
    {
        string name = Path.GetFileNameWithoutExtension(_file);
        Expect(_page.Value("document type") == "cmdlet", 1, "The front matter must contain 'document type: cmdlet'.");
        Expect(_page.Value("PlatyPS schema version") == SchemaVersion, 1, $"The front matter must contain 'PlatyPS schema version: {SchemaVersion}'.");
        Expect(_page.Value("title") == name, 1, $"The front matter must contain 'title: {name}'.");
        Expect(_page.Title.Name == name, _page.Title.Line, $"The title must be the name of the file, '{name}'.");
        Expect(_page.Title.Blocks.Count == 0, _page.Title.Line, "Text between the title and the first section is not allowed.");
        string[] found = [.. _page.All.Select(s => s.Name)];
        foreach (Section section in _page.All)
        {
            Expect(s_sections.Contains(section.Name), section.Line, $"'{section.Name}' is not a valid section. Expected: {string.Join(", ", s_sections)}.");
        }

        Expect(found.SequenceEqual(s_sections), _page.Title.Line, $"The sections must be, in this order, {string.Join(", ", s_sections)}. Found: {string.Join(", ", found)}.");
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
        Expect(text.Count > 0, section.Line, $"{section.Name} is empty.");
        return text;
    }

    private List<SyntaxEntry> Syntax(string command, IReadOnlyList<ParameterEntry> parameters)
    {
        List<SyntaxEntry> entries = [];
        foreach (Section section in Named("SYNTAX").Split(_file))
        {
            FencedCodeBlock? code = section.Blocks.OfType<FencedCodeBlock>().SingleOrDefault();
            Expect(code is not null && section.Blocks.Count == 1 && section.Name.Length > 0, section.Line, "The syntax of a parameter set must be a heading ('### Name') and one code block.");
            bool isDefault = section.Name.EndsWith(" (Default)", StringComparison.Ordinal);
            string setName = isDefault ? section.Name[..^" (Default)".Length] : section.Name;
            string text = MarkdownText.Code(code!);
            Expect(text.Split([' ', '\n'])[0] == command, section.Line, $"The syntax must begin with {command}.");
            string[] names = [.. ParameterName().Matches(text).Select(m => m.Groups[1].Value)];
            string[] wanted = [.. parameters.Where(p => p.In(setName) is not null).Select(p => p.Name)];
            Expect(names.Order().SequenceEqual(wanted.Order()), section.Line,
                $"The syntax and the parameters of set '{setName}' differ in: {string.Join(", ", names.Except(wanted).Concat(wanted.Except(names)))}.");
            entries.Add(new SyntaxEntry(setName, isDefault, names, section.Line));
        }

        Expect(entries.Count > 0, Named("SYNTAX").Line, "The page has no syntax.");
        string[] known = [.. entries.Select(e => e.SetName), ParameterEntry.AllSets];
        foreach (ParameterEntry parameter in parameters)
        {
            foreach (ParameterSetEntry set in parameter.Sets)
            {
                Expect(known.Contains(set.Name), parameter.Line, $"-{parameter.Name} belongs to set '{set.Name}', which has no syntax.");
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
            Expect(section.Name.StartsWith(start, StringComparison.Ordinal) && section.Name.Length > start.Length, section.Line, $"The heading of an example must be '### {start}<title>'.");
            int place = section.Blocks.FindIndex(b => b is FencedCodeBlock { Info: "powershell" });
            Expect(place >= 0, section.Line, "An example must have a code block that begins with ```powershell.");
            FencedCodeBlock code = (FencedCodeBlock)section.Blocks[place];
            string mark = code.Arguments?.Trim() ?? "";
            Expect(mark is "" or "runnable", code.Line + 1, $"'{mark}' is not valid after ```powershell. Expected: runnable or nothing.");
            FencedCodeBlock? output = section.Blocks.ElementAtOrDefault(place + 1) as FencedCodeBlock;
            Expect(output is null or { Info: "output" }, (output?.Line ?? 0) + 1, "The code of an example may be followed by one code block that begins with ```output.");
            entries.Add(new ExampleEntry(
                section.Name,
                MarkdownText.Paragraphs(_file, section.Blocks.Take(place)),
                MarkdownText.Code(code),
                output is null ? "" : Output(output),
                MarkdownText.Paragraphs(_file, section.Blocks.Skip(output is null ? place + 1 : place + 2)),
                mark == "runnable"));
        }

        Expect(entries.Count > 0, Named("EXAMPLES").Line, "The page has no example.");
        return entries;
    }

    private string Output(FencedCodeBlock block)
    {
        string text = MarkdownText.Code(block);
        int number = block.Line + 1;
        foreach (string line in text.Split('\n'))
        {
            number++;
            Expect(line.Length <= OutputWidth, number, $"This line of output has {line.Length} columns. At most {OutputWidth} are allowed.");
        }

        return text;
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

            Expect(section.Name.StartsWith('-'), section.Line, "The heading of a parameter must be '### -Name'.");
            FencedCodeBlock? metadata = section.Blocks.LastOrDefault() as FencedCodeBlock;
            Expect(metadata?.Info == "yaml", section.Line, $"{section.Name} must end with a code block that begins with ```yaml.");
            IReadOnlyList<string> description = MarkdownText.Paragraphs(_file, section.Blocks.SkipLast(1));
            Expect(description.Count > 0, section.Line, $"{section.Name} has no description.");
            Expect(entries.TrueForAll(e => e.Name != section.Name[1..]), section.Line, $"{section.Name} is described twice.");
            entries.Add(ParameterBlock.Read(_file, metadata!.Line + 2, MarkdownText.Code(metadata), section.Name[1..], description, section.Line));
        }

        return [.. entries.OrderBy(e => e.Name, StringComparer.OrdinalIgnoreCase)];
    }

    private List<TypeEntry> Types(string name)
    {
        List<TypeEntry> entries = [];
        foreach (Section section in Named(name).Split(_file))
        {
            Expect(section.Name.Length > 0, section.Line, $"{name} must have a heading for each type ('### System.String').");
            entries.Add(new TypeEntry(section.Name, TextOf(section)));
        }

        Expect(entries.Count > 0, Named(name).Line, $"{name} names no type. Use '### None' when there is none.");
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
        Expect(links.Length > 0, section.Line, "The page has no related link.");
        foreach (LinkInline link in section.Blocks.SelectMany(b => b.Descendants()).OfType<LinkInline>())
        {
            Expect(
                link.Url?.StartsWith("http", StringComparison.Ordinal) == true || File.Exists(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(_file))!, link.Url ?? "")),
                link.Line + 1,
                $"The page '{link.Url}' does not exist.");
        }

        return [.. links];
    }

    private void Expect(bool condition, int line, string message)
    {
        if (!condition)
        {
            throw new PageException(_file, line, message);
        }
    }

    [GeneratedRegex(@"(?<=[\s\[])-([A-Za-z]+)", RegexOptions.CultureInvariant)]
    private static partial Regex ParameterName();
}
