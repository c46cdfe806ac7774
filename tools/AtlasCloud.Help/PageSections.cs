using Markdig;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;

namespace AtlasCloud.Help;

/// <summary>A page, split at its headings.</summary>
internal sealed class PageSections
{
    internal static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UseYamlFrontMatter().UsePipeTables().Build();

    private readonly string _file;
    private readonly List<Section> _sections = [];

    private PageSections(string file, IReadOnlyDictionary<string, string> frontMatter) => (_file, FrontMatter) = (file, frontMatter);

    /// <summary>The names and values of the front matter.</summary>
    internal IReadOnlyDictionary<string, string> FrontMatter { get; }

    /// <summary>The title of the page.</summary>
    internal Section Title => _sections[0];

    /// <summary>The sections below the title.</summary>
    internal IEnumerable<Section> All => _sections.Skip(1);

    /// <summary>Splits a page.</summary>
    /// <exception cref="PageException">The page has no front matter or does not begin with a title.</exception>
    internal static PageSections Read(string file, string text)
    {
        MarkdownDocument document = Markdown.Parse(text.ReplaceLineEndings("\n"), Pipeline);
        if (document.FirstOrDefault() is not YamlFrontMatterBlock front)
        {
            throw new PageException(file, 1, "The page must begin with front matter between two lines of '---'.");
        }

        PageSections page = new(file, ReadFrontMatter(file, front));
        foreach (Block block in document.Skip(1))
        {
            page.Add(block);
        }

        return page._sections.Count > 0 ? page : throw new PageException(file, front.Line + 1, "The page has no title.");
    }

    /// <summary>A value of the front matter.</summary>
    /// <exception cref="PageException">The front matter does not contain it.</exception>
    internal string Value(string name) =>
        FrontMatter.TryGetValue(name, out string? value) ? value : throw new PageException(_file, 1, $"The front matter does not contain '{name}'.");

    private void Add(Block block)
    {
        bool isFirst = _sections.Count == 0;
        if (block is HeadingBlock { Level: 1 } title && isFirst)
        {
            _sections.Add(new Section(MarkdownText.Inline(_file, title), title.Line + 1));
        }
        else if (isFirst || block is HeadingBlock { Level: 1 })
        {
            throw new PageException(_file, block.Line + 1, "A page must begin with its title ('# Name') and have no other.");
        }
        else if (block is HeadingBlock { Level: 2 } heading)
        {
            _sections.Add(new Section(MarkdownText.Inline(_file, heading), heading.Line + 1));
        }
        else
        {
            _sections[^1].Blocks.Add(block);
        }
    }

    private static Dictionary<string, string> ReadFrontMatter(string file, YamlFrontMatterBlock front)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        int number = front.Line + 1;
        foreach (string line in front.Lines.ToString().ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (line.Trim().Length == 0)
            {
                continue;
            }

            if (colon <= 0)
            {
                throw new PageException(file, number, $"'{line}' is not valid front matter. Expected: 'name: value'.");
            }

            values[line[..colon].Trim()] = line[(colon + 1)..].Trim().Trim('\'');
        }

        return values;
    }
}

/// <summary>A heading and the blocks below it.</summary>
internal sealed record Section(string Name, int Line)
{
    internal List<Block> Blocks { get; } = [];

    /// <summary>Splits the section at the headings inside it. Blocks above the first heading go into a section without a name.</summary>
    internal IReadOnlyList<Section> Split(string file)
    {
        List<Section> parts = [new Section("", Line)];
        foreach (Block block in Blocks)
        {
            if (block is HeadingBlock heading)
            {
                parts.Add(new Section(MarkdownText.Inline(file, heading), heading.Line + 1));
            }
            else
            {
                parts[^1].Blocks.Add(block);
            }
        }

        return parts[0].Blocks.Count == 0 ? parts[1..] : parts;
    }
}
