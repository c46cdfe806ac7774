using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace AtlasCloud.Help;

/// <summary>Converts markdown to the plain text that a shell shows.</summary>
internal static class MarkdownText
{
    /// <summary>The paragraphs of some blocks. A list is one paragraph with a line per item; code keeps its lines.</summary>
    /// <exception cref="PageException">A block cannot be shown as plain text.</exception>
    internal static IReadOnlyList<string> Paragraphs(string file, IEnumerable<Block> blocks) =>
        [.. blocks.Select(block => Paragraph(file, block)).Where(text => text.Length > 0)];

    internal static string Paragraph(string file, Block block) => block switch
    {
        LinkReferenceDefinitionGroup => "",
        ParagraphBlock paragraph => Inline(file, paragraph),
        ListBlock list => List(file, list),
        CodeBlock code => string.Join('\n', Code(code).Split('\n').Select(line => line.Length == 0 ? line : "    " + line)),
        Table => throw new PageException(file, block.Line + 1, "A command page cannot contain a table. Use a list."),
        _ => throw new PageException(file, block.Line + 1, $"A {block.GetType().Name} cannot be shown as plain text."),
    };

    /// <summary>The content of a code block, without its fences.</summary>
    internal static string Code(CodeBlock code) => code.Lines.ToString().ReplaceLineEndings("\n").TrimEnd('\n');

    /// <summary>The text of a heading, paragraph or table cell as one line.</summary>
    internal static string Inline(string file, LeafBlock block) => Inline(file, block.Line + 1, block.Inline);

    private static string Inline(string file, int line, ContainerInline? container)
    {
        StringBuilder text = new();
        foreach (Inline inline in container ?? [])
        {
            text.Append(inline switch
            {
                LiteralInline literal => literal.Content.ToString(),
                CodeInline code => code.Content,
                LineBreakInline { IsHard: true } => "\n",
                LineBreakInline => " ",
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                AutolinkInline link => link.Url,
                LinkInline { IsImage: false } link => Link(link, Inline(file, line, link)),
                EmphasisInline emphasis => Inline(file, line, emphasis),
                HtmlInline html => throw new PageException(file, inline.Line + 1, $"'{html.Tag}' would be read as HTML. Put it between backticks."),
                _ => throw new PageException(file, inline.Line + 1, $"A {inline.GetType().Name} cannot be shown as plain text."),
            });
        }

        return text.ToString();
    }

    private static string Link(LinkInline link, string text) =>
        link.Url is string url && url.StartsWith("http", StringComparison.Ordinal) && url != text ? $"{text} ({url})" : text;

    private static string List(string file, ListBlock list)
    {
        List<string> lines = [];
        int number = int.TryParse(list.OrderedStart, out int start) ? start : 1;
        foreach (ListItemBlock item in list.Cast<ListItemBlock>())
        {
            string mark = list.IsOrdered ? $"{number++}. " : "- ";
            lines.Add(mark + string.Join('\n', item.Select(block => Paragraph(file, block)))
                .Replace("\n", "\n" + new string(' ', mark.Length), StringComparison.Ordinal));
        }

        return string.Join('\n', lines);
    }
}
