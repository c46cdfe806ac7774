using System.Text;
using AtlasCloud.Http;

namespace AtlasCloud;

/// <summary>Makes names that every operating system takes and that stay inside their folder.</summary>
internal static class FileNames
{
    private const int LongestName = 150;

    private static readonly HashSet<string> s_devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
        "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", "CONIN$", "CONOUT$",
        // Windows takes raised digits for digits here.
        "COM\u00B9", "COM\u00B2", "COM\u00B3", "LPT\u00B9", "LPT\u00B2", "LPT\u00B3",
    };

    /// <summary>A name without an extension, from any text.</summary>
    internal static string MakeSafe(string text)
    {
        StringBuilder name = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isBad = rune.Value < ' ' || (rune.IsBmp && (SafeText.IsUnprintable((char)rune.Value) || "<>:\"/\\|?*".Contains((char)rune.Value, StringComparison.Ordinal)));
            if (!isBad)
            {
                name.Append(rune.ToString());
            }
            else if (name.Length > 0 && name[^1] != '-')
            {
                name.Append('-');
            }
        }

        string safe = Cut(name.ToString()).Trim(' ', '.', '-');
        return safe.Length == 0 ? "output"
            : s_devices.Contains(safe.Split('.')[0].TrimEnd()) ? "_" + safe
            : safe;
    }

    // File systems count bytes; a name is cut between characters all the same.
    private static string Cut(string name)
    {
        // No character takes less than a byte, so the rest of a long text need not be counted again and again.
        name = name.Length > LongestName ? name[..(char.IsHighSurrogate(name[LongestName - 1]) ? LongestName - 1 : LongestName)] : name;
        while (Encoding.UTF8.GetByteCount(name) > LongestName)
        {
            name = name[..^(char.IsLowSurrogate(name[^1]) ? 2 : 1)];
        }

        return name;
    }
}
