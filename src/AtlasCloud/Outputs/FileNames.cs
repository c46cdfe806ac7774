using System.Globalization;
using System.Text;

namespace AtlasCloud.Outputs;

/// <summary>Makes names that every operating system takes and that stay inside their folder.</summary>
internal static class FileNames
{
    // In bytes. With a number, an extension and ".json" behind it, a name stays below the 255 that file systems take.
    private const int LongestName = 150;

    private static readonly HashSet<string> s_devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
        "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", "CONIN$", "CONOUT$", "CLOCK$",
        // Windows takes raised digits for digits here.
        "COM\u00B9", "COM\u00B2", "COM\u00B3", "LPT\u00B9", "LPT\u00B2", "LPT\u00B3",
    };

    /// <summary>A name without an extension, from any text.</summary>
    internal static string MakeSafe(string text)
    {
        StringBuilder name = new(LongestName);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsBad(rune))
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

            // Enough: what follows would be cut, and a text can be megabytes long.
            if (name.Length > LongestName * 4)
            {
                break;
            }
        }

        // One form for names that look alike: macOS takes both for the same file.
        string safe = Cut(name.ToString().Normalize(NormalizationForm.FormC).TrimStart(' ', '.', '-')).Trim(' ', '.', '-');
        return safe.Length == 0 ? "output"
            : s_devices.Contains(safe.Split('.')[0].TrimEnd()) ? Cut("_" + safe).TrimEnd(' ', '.', '-')
            : safe;
    }

    // What steers a terminal, cannot be seen, has no meaning everywhere, or means something to some file system.
    private static bool IsBad(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        || rune == Rune.ReplacementChar
        || (rune.IsAscii && "<>:\"/\\|?*".Contains((char)rune.Value, StringComparison.Ordinal));

    // File systems count bytes or units; people count characters, and none is cut in two unless it alone is too long.
    private static string Cut(string name)
    {
        int end = 0;
        for (int bytes = 0; end < name.Length;)
        {
            int length = StringInfo.GetNextTextElementLength(name, end);
            bytes += Encoding.UTF8.GetByteCount(name.AsSpan(end, length));
            if (bytes > LongestName)
            {
                return end > 0 ? name[..end] : CutWithin(name);
            }

            end += length;
        }

        return name;
    }

    private static string CutWithin(string name)
    {
        int end = 0;
        int bytes = 0;
        foreach (Rune rune in name.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > LongestName)
            {
                break;
            }

            end += rune.Utf16SequenceLength;
        }

        return name[..end];
    }
}
