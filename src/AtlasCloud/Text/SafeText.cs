using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace AtlasCloud.Text;

/// <summary>Makes text from the service, or about a request, safe to display: no key, no media bytes, no terminal escapes, limited length.</summary>
internal static partial class SafeText
{
    /// <summary>The default maximum length, for text of the service in a message.</summary>
    internal const int MessageLength = 500;

    // All control characters except tab, line feed and carriage return; and the characters that change the reading direction of a run of text.
    private static readonly SearchValues<char> s_controls = SearchValues.Create(
        [.. Enumerable.Range(0, 0xA0).Select(c => (char)c).Where(c => char.IsControl(c) && c is not ('\t' or '\n' or '\r')), .. "\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069"]);

    /// <summary>
    /// Removes the characters that control a terminal. Done when a reply is read, because callers print its objects without further checks.
    /// </summary>
    internal static string StripControlCharacters(string text) =>
        text.AsSpan().ContainsAny(s_controls) ? string.Concat(text.Where(c => !s_controls.Contains(c))) : text;

    /// <summary>Masks keys and media bytes. The rest is unchanged, including its length and control characters.</summary>
    internal static string Mask(string text, string? key = null)
    {
        text = MaskKeys(text, key);

        // What a match cannot be without is searched first, here and below: each request is logged, and nearly none has any of these.
        return text.Contains("64,", StringComparison.Ordinal) ? DataUri().Replace(text, m => $"{m.Groups[1].Value}({m.Groups[2].Length} characters)") : text;
    }

    /// <summary>Masks keys. Media bytes are unchanged.</summary>
    internal static string MaskKeys(string text, string? key)
    {
        text = MaskKey(text, key);
        text = text.Contains("bearer", StringComparison.OrdinalIgnoreCase) ? Bearer().Replace(text, "$1 ***") : text;
        return text.Contains('-', StringComparison.Ordinal) ? ApiKey().Replace(text, m => m.Groups[1].Value.ToLowerInvariant() + "-***") : text;
    }

    /// <summary>Masks keys and media bytes, removes control characters, replaces line breaks with spaces, and truncates.</summary>
    internal static string Sanitize(string? text, string? key = null, int length = MessageLength)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }

        // A hostile reply can be megabytes long: truncated before the slower rules, with a margin for what they remove. Half of a key would not be recognized.
        string withoutKey = MaskKey(text, key);
        string masked = Mask(withoutKey.Length > length * 40 ? withoutKey[..(length * 40)] : withoutKey);
        StringBuilder shown = new(Math.Min(masked.Length, length));
        foreach (char c in masked)
        {
            if (shown.Length >= length && !char.IsLowSurrogate(c))
            {
                shown.Append('…');
                break;
            }

            if (c is '\r' or '\n' or '\t')
            {
                if (shown.Length > 0 && shown[^1] != ' ')
                {
                    shown.Append(' ');
                }
            }
            else if (!IsUnprintable(c))
            {
                shown.Append(c);
            }
        }

        return shown.ToString().Trim();
    }

    /// <summary>Whether a character can move a terminal's cursor or change the reading direction.</summary>
    internal static bool IsUnprintable(char c) =>
        char.IsControl(c) || c is '\u200E' or '\u200F' or '\u061C' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\uFEFF';

    // In messages even a short key is masked.
    private static string MaskKey(string text, string? key) =>
        key is { Length: > 3 and < KeyMasker.MinKeyLength } ? text.Replace(key, "***", StringComparison.Ordinal) : KeyMasker.Mask(text, key);

    [GeneratedRegex(@"\b(Bearer)\s+[^\s""',;]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Bearer();

    [GeneratedRegex(@"(apikey|mgmt)-[A-Za-z0-9_\-.]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ApiKey();

    // JSON can contain + and / as escape sequences.
    [GeneratedRegex(@"(data:[a-z]+(?:\\?/|\\u002F)(?:[a-z0-9.+\-]|\\u002B)+;base64,)((?:[A-Za-z0-9+/=_\-]|\\/|\\u00(?:2B|2F|3D)){32,})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DataUri();
}
