namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>Makes text safe to show in a terminal.</summary>
internal static class TerminalText
{
    /// <summary>True for characters that could move the cursor or change the reading direction.</summary>
    internal static bool IsUnprintable(char c) =>
        char.IsControl(c) || c is '\u200E' or '\u200F' or '\u061C' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\uFEFF';

    /// <summary>Returns the text in one line, with spaces for unprintable characters, truncated to a maximum length.</summary>
    internal static string ToSingleLine(string text, int maxLength)
    {
        string begin = text.Length > maxLength ? text[..(maxLength - 1)] + "…" : text;
        foreach (char c in begin)
        {
            if (IsUnprintable(c))
            {
                return string.Concat(begin.Select(c => IsUnprintable(c) ? ' ' : c)).Trim();
            }
        }

        return begin.Trim();
    }
}
