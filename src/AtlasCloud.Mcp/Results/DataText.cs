using System.Globalization;
using System.Text;

namespace AtlasCloud.Mcp.Results;

/// <summary>
/// Cleans text from the catalog, prompts and results before an assistant reads it: characters that are not visible can hide instructions from the user who
/// reads the same text.
/// </summary>
internal static class DataText
{
    /// <summary>The maximum length of a text result.</summary>
    internal const int MaxTextLength = 20_000;

    /// <summary>Removes invisible characters except line breaks and tabs, and truncates.</summary>
    internal static string Clean(string? text, int maxLength = MaxTextLength)
    {
        StringBuilder clean = new(Math.Min(text?.Length ?? 0, maxLength));
        foreach (Rune rune in (text ?? "").EnumerateRunes())
        {
            if (clean.Length >= maxLength)
            {
                return clean.Append('…').ToString();
            }

            if (!IsInvisible(rune))
            {
                clean.Append(rune);
            }
        }

        return clean.ToString();
    }

    /// <summary>The same on one line.</summary>
    internal static string Line(string? text, int maxLength) =>
        string.Join(' ', Clean(text, maxLength).Split(['\r', '\n', '\t', ' '], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The same on one line; null for null and for text without a visible character.</summary>
    internal static string? LineOrNull(string? text, int maxLength) => Line(text, maxLength) is { Length: > 0 } line ? line : null;

    // Tags and variation selectors encode text that no font shows. Emoji need the first variation selectors and the zero-width joiner.
    private static bool IsInvisible(Rune rune) => rune.Value is '\n' or '\r' or '\t' or 0x200D or (>= 0xFE00 and <= 0xFE0F)
        ? false
        : rune.Value is (>= 0xE0000 and <= 0xE0FFF) or 0x115F or 0x1160 or 0x3164 or 0xFFA0
            || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate;
}
