using System.Text;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.LineEditing;

/// <summary>A text in the rows of a terminal.</summary>
/// <param name="Rows">The rows; none is wider than the terminal.</param>
/// <param name="Row">The row of the cursor.</param>
/// <param name="Column">The column of the cursor.</param>
internal sealed record TextLayout(IReadOnlyList<string> Rows, int Row, int Column)
{
    /// <param name="text">The text. Lines end with a line feed.</param>
    /// <param name="cursor">The index of the character after the cursor.</param>
    /// <param name="width">The width of the terminal.</param>
    /// <param name="measure">Returns the number of cells that a character takes.</param>
    internal static TextLayout Create(string text, int cursor, int width, Func<string, int> measure)
    {
        List<string> rows = [];
        StringBuilder row = new();
        int column = 0;
        (int Row, int Column)? found = null;
        int i = 0;
        while (true)
        {
            int length = i + 1 < text.Length && char.IsSurrogatePair(text, i) ? 2 : 1;
            string shown = i < text.Length ? Show(text.Substring(i, length)) : "";
            bool isBreak = shown == "\n";
            int cells = isBreak || shown.Length == 0 ? 0 : measure(shown);

            // The terminal has no column after the last one, so the cursor at the end of a full row needs another row.
            if (column + cells > width || (column == width && i == text.Length))
            {
                EndRow();
            }

            if (found is null && i >= cursor)
            {
                found = (rows.Count, Math.Min(column, width - 1));
            }

            if (i >= text.Length)
            {
                EndRow();
                return new TextLayout(rows, found!.Value.Row, found.Value.Column);
            }

            if (isBreak)
            {
                EndRow();
            }
            else
            {
                row.Append(shown);
                column += cells;
            }

            i += length;
        }

        void EndRow()
        {
            rows.Add(row.ToString());
            row.Clear();
            column = 0;
        }
    }

    private static string Show(string character) => character switch
    {
        "\n" => "\n",
        "\t" => "    ",
        [char single] when TerminalText.IsUnprintable(single) => " ",
        _ => character,
    };
}
