using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace AtlasCloud.Help;

/// <summary>Writes an about topic as the plain text that Get-Help shows: indented below its headings, at most 80 columns wide.</summary>
internal sealed class AboutTopic
{
    internal const int Width = 80;

    private const int Indent = 4;
    private const int CodeIndent = 6;
    private const int WidestFirstColumn = 30;

    private readonly string _file;
    private readonly StringBuilder _text = new();

    private AboutTopic(string file) => _file = file;

    /// <exception cref="PageException">The page is malformed.</exception>
    internal static string Write(string file, string text) =>
        IncludedText.Read(file, text).Parse(expanded => WriteExpanded(file, expanded));

    private static string WriteExpanded(string file, string text)
    {
        PageSections page = PageSections.Read(file, text);
        string name = Path.GetFileNameWithoutExtension(file);
        if (page.Title.Name != name || page.Value("title") != name)
        {
            throw new PageException(file, page.Title.Line, $"The title must be '{name}', the name of the file, here and in the front matter.");
        }

        if (page.All.FirstOrDefault() is not { Name: "SHORT DESCRIPTION" } first || first.Blocks is not [ParagraphBlock])
        {
            // By this heading, PowerShell finds the line that Get-Help about_* lists.
            throw new PageException(file, page.Title.Line, "A topic must begin with a section SHORT DESCRIPTION of one paragraph.");
        }

        AboutTopic topic = new(file);
        topic.Line(0, "TOPIC");
        topic.Line(Indent, name);
        foreach (Section section in page.All)
        {
            topic.Write(section);
        }

        return topic._text.ToString();
    }

    private void Write(Section section)
    {
        _text.Append('\n');
        Line(0, section.Name.ToUpperInvariant());
        bool isFirst = true;
        foreach (Block block in section.Blocks)
        {
            if (!isFirst)
            {
                _text.Append('\n');
            }

            isFirst = false;
            Write(block);
        }
    }

    private void Write(Block block)
    {
        switch (block)
        {
            case HeadingBlock heading:
                Line(2, MarkdownText.Inline(_file, heading));
                break;
            case CodeBlock code:
                Write(code);

                break;
            case Table table:
                Write(table);
                break;
            default:
                foreach (string line in MarkdownText.Paragraph(_file, block).Split('\n'))
                {
                    Wrap(Indent, line);
                }

                break;
        }
    }

    // Wrapped code could not be copied from the window.
    private void Write(CodeBlock code)
    {
        int number = code.Line + (code is FencedCodeBlock ? 2 : 1);
        foreach (string line in MarkdownText.Code(code).Split('\n'))
        {
            if (CodeIndent + line.Length > Width)
            {
                throw new PageException(_file, number, $"This line of code has {line.Length} columns. At most {Width - CodeIndent} are allowed.");
            }

            Line(line.Length == 0 ? 0 : CodeIndent, line);
            number++;
        }
    }

    // The first column, then the other cells as wrapped text: this stays readable even when cells are long.
    private void Write(Table table)
    {
        string[][] rows =
        [
            .. table.Cast<TableRow>().Select(row => row.Cast<TableCell>()
                .Select(cell => string.Join(' ', cell.OfType<ParagraphBlock>().Select(p => MarkdownText.Inline(_file, p)))).ToArray()),
        ];
        bool isNarrow = rows[0].Length == 2 && rows.Max(r => r[0].Length) <= WidestFirstColumn;
        int column = Indent + (isNarrow ? rows.Max(r => r[0].Length) + 2 : Indent);
        foreach (string[] row in rows[1..])
        {
            if (isNarrow)
            {
                Wrap(column, row[1], new string(' ', Indent) + row[0].PadRight(column - Indent));
                continue;
            }

            if (row != rows[1])
            {
                _text.Append('\n');
            }

            Line(Indent, row[0]);
            for (int i = 1; i < row.Length; i++)
            {
                Wrap(column, rows[0].Length > 2 ? $"{rows[0][i]}: {row[i]}" : row[i]);
            }
        }
    }

    private void Wrap(int indent, string text, string? first = null)
    {
        // The second and later lines of a list item are aligned with the text of its first line.
        string trimmed = text.TrimStart();
        indent += text.Length - trimmed.Length;
        int hanging = trimmed.StartsWith("- ", StringComparison.Ordinal) ? 2
            : trimmed.Length > 3 && char.IsAsciiDigit(trimmed[0]) && trimmed[1] == '.' ? 3
            : 0;
        StringBuilder line = new(first ?? new string(' ', indent));
        bool isEmpty = true;
        foreach (string word in trimmed.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isEmpty && line.Length + 1 + word.Length > Width)
            {
                Line(0, line.ToString());
                line.Clear().Append(' ', indent + hanging);
                isEmpty = true;
            }

            line.Append(isEmpty ? "" : " ").Append(word);
            isEmpty = false;
        }

        Line(0, line.ToString());
    }

    private void Line(int indent, string text) => _text.Append(' ', indent).Append(text.TrimEnd()).Append('\n');
}
