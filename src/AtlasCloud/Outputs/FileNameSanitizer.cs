using System.Globalization;
using System.Text;

namespace AtlasCloud.Outputs;

/// <summary>Creates file names that are valid on every operating system and cannot leave their folder.</summary>
internal static class FileNameSanitizer
{
    // Leaves space for a number, an extension and ".json" within the 255 bytes that file systems allow.
    private const int MaxNameBytes = 150;

    private static readonly HashSet<string> s_devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
        "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", "CONIN$", "CONOUT$", "CLOCK$",
        // Windows treats superscript digits as digits in these names.
        "COM\u00B9", "COM\u00B2", "COM\u00B3", "LPT\u00B9", "LPT\u00B2", "LPT\u00B3",
    };

    /// <summary>Converts any text to a name without an extension; "output" if no valid character remains.</summary>
    internal static string MakeSafe(string text)
    {
        StringBuilder name = new(MaxNameBytes);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsForbidden(rune))
            {
                if (name.Length > 0 && name[^1] != '-')
                {
                    name.Append('-');
                }
            }
            else
            {
                name.Append(Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator ? " " : rune.ToString());
            }

            // The rest would be truncated, and a text can be megabytes long.
            if (name.Length > MaxNameBytes * 4)
            {
                break;
            }
        }

        // macOS treats composed and decomposed forms of a name as the same file, so names have one form.
        string safe = Truncate(name.ToString().Normalize(NormalizationForm.FormC).TrimStart(' ', '.', '-')).Trim(' ', '.', '-');
        return safe.Length == 0 ? "output"
            : s_devices.Contains(safe.Split('.')[0].TrimEnd()) ? Truncate("_" + safe).TrimEnd(' ', '.', '-')
            : safe;
    }

    // Control characters, invisible characters, characters without a standard meaning, and those that a file system reserves.
    private static bool IsForbidden(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        || rune == Rune.ReplacementChar
        || (rune.IsAscii && "<>:\"/\\|?*".Contains((char)rune.Value, StringComparison.Ordinal));

    // Limits bytes, but truncates between text elements unless a single element is too long.
    private static string Truncate(string name)
    {
        int end = 0;
        for (int bytes = 0; end < name.Length;)
        {
            int length = StringInfo.GetNextTextElementLength(name, end);
            bytes += Encoding.UTF8.GetByteCount(name.AsSpan(end, length));
            if (bytes > MaxNameBytes)
            {
                return end > 0 ? name[..end] : TruncateTextElement(name);
            }

            end += length;
        }

        return name;
    }

    private static string TruncateTextElement(string name)
    {
        int end = 0;
        int bytes = 0;
        foreach (Rune rune in name.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > MaxNameBytes)
            {
                break;
            }

            end += rune.Utf16SequenceLength;
        }

        return name[..end];
    }
}
