using System.Management.Automation.Host;
using System.Text;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.LineEditing;

/// <summary>
/// Draws a prompt and a text that may need several rows, and places the cursor. All movements are relative: the position of the cursor cannot be read
/// without consuming keys that were typed meanwhile.
/// </summary>
internal sealed class EditorScreen(PSHostUserInterface screen)
{
    private const int DefaultWidth = 80;
    private const int DefaultHeight = 24;
    private const string ClearBelow = "\u001b[J";

    // The row of the cursor below the first drawn row.
    private int _row;

    internal void Draw(string prompt, string text, int cursor)
    {
        TextLayout layout = TextLayout.Create(prompt + text, prompt.Length + cursor, Width(), Measure);

        // A text that is higher than the terminal is shown around the cursor.
        int first = Math.Max(0, layout.Row - Height() + 1);
        int last = Math.Min(layout.Rows.Count, first + Height());
        StringBuilder output = new(ToFirstRow());
        output.AppendJoin("\r\n", layout.Rows.Take(first..last));
        Append(output, last - 1 - layout.Row, 'A');
        output.Append('\r');
        Append(output, layout.Column, 'C');
        screen.Write(output.ToString());
        _row = layout.Row - first;
    }

    /// <summary>Replaces what was drawn by the whole text, and ends the line.</summary>
    internal void Complete(string prompt, string text)
    {
        screen.Write(ToFirstRow());
        screen.WriteLine(prompt + Clean(text));
        _row = 0;
    }

    private string ToFirstRow()
    {
        StringBuilder output = new();
        Append(output, _row, 'A');
        return output.Append('\r').Append(ClearBelow).ToString();
    }

    private int Measure(string shown)
    {
        try
        {
            return screen.RawUI.LengthInBufferCells(shown);
        }
        catch (Exception exception) when (exception is HostException or NotImplementedException)
        {
            return shown.Length;
        }
    }

    private int Width() => Size(s => s.Width, DefaultWidth);

    private int Height() => Size(s => s.Height, DefaultHeight);

    private int Size(Func<Size, int> dimension, int fallback)
    {
        try
        {
            return dimension(screen.RawUI.WindowSize) is int size and > 1 ? size : fallback;
        }
        catch (Exception exception) when (exception is HostException or NotImplementedException)
        {
            return fallback;
        }
    }

    private static string Clean(string text) => string.Concat(text.Select(c => c is '\n' or '\t' || !TerminalText.IsUnprintable(c) ? c : ' '));

    private static void Append(StringBuilder output, int count, char direction)
    {
        if (count > 0)
        {
            output.Append("\u001b[").Append(count).Append(direction);
        }
    }
}
