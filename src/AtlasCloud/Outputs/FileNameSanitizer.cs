using System.Globalization;
using System.Text;

namespace AtlasCloud.Outputs;

/// <summary>Creates file names that are valid on every operating system and cannot leave their folder.</summary>
internal static class FileNameSanitizer
{
    // Leaves space for a number, an extension and ".json" within the 255 bytes that file systems allow.
    private const int MaxNameBytes = 150;

    // Valid in names everywhere, and does not combine with a following character.
    private const string CutMark = "~";

    private static readonly HashSet<string> s_devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
        "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", "CONIN$", "CONOUT$", "CLOCK$",
        // Windows treats superscript digits as digits in these names.
        "COM\u00B9", "COM\u00B2", "COM\u00B3", "LPT\u00B9", "LPT\u00B2", "LPT\u00B3",
    };

    /// <summary>Converts any text to a name without an extension.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fallback">The name if no valid character remains.</param>
    internal static string MakeSafe(string text, string fallback = "output")
    {
        StringBuilder name = new(MaxNameBytes);
        foreach (Rune rune in LimitLength(text).EnumerateRunes())
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
        }

        // macOS treats composed and decomposed forms of a name as the same file, so names have one form.
        string safe = Truncate(name.ToString().Normalize(NormalizationForm.FormC).TrimStart(' ', '.', '-')).Trim(' ', '.', '-');
        return safe.Length == 0 ? fallback
            : s_devices.Contains(safe.Split('.')[0].TrimEnd()) ? Truncate("_" + safe).TrimEnd(' ', '.', '-')
            : safe;
    }

    // Control characters, invisible characters, characters without a standard meaning, and those that a file system reserves.
    private static bool IsForbidden(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        || rune == Rune.ReplacementChar
        || (rune.IsAscii && "<>:\"/\\|?*".Contains((char)rune.Value, StringComparison.Ordinal));

    // A text can be megabytes long, and what lies between both ends would be cut anyway.
    private static string LimitLength(string text) =>
        text.Length <= MaxNameBytes * 8 ? text : string.Concat(text.AsSpan(0, MaxNameBytes * 4), text.AsSpan(text.Length - (MaxNameBytes * 4)));

    // Limits bytes. Cuts in the middle, since names often differ at the end only, for example by an index. Text elements stay whole unless a single one is too long.
    private static string Truncate(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) <= MaxNameBytes)
        {
            return name;
        }

        int[] starts = StringInfo.ParseCombiningCharacters(name);
        int Bytes(int index) => Encoding.UTF8.GetByteCount(name.AsSpan(starts[index]..(index + 1 < starts.Length ? starts[index + 1] : name.Length)));
        int free = MaxNameBytes - CutMark.Length;
        int tail = starts.Length;
        int tailBytes = 0;
        while (tail > 1 && tailBytes + Bytes(tail - 1) <= free / 2)
        {
            tailBytes += Bytes(--tail);
        }

        int head = 0;
        int headBytes = 0;
        while (headBytes + Bytes(head) <= free - tailBytes)
        {
            headBytes += Bytes(head++);
        }

        return head == 0 ? TruncateTextElement(name)
            : name[..starts[head]].TrimEnd(' ', '.', '-') + CutMark + (tail < starts.Length ? name[starts[tail]..].TrimStart(' ', '.', '-') : "");
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
